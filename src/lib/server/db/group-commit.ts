import { AsyncLocalStorage } from 'node:async_hooks';
import type BetterSqlite3 from 'better-sqlite3';
import { NESTED } from './database';

interface Member<Tx> {
	work: (tx: Tx) => Promise<unknown>;
	answer: (value: unknown) => void;
	refuse: (error: unknown) => void;
	/** Whether it only writes and may be run again at no harm. */
	plain: boolean;
}

/** A bound on how long the first member of a group waits for the last. */
const MAX_GROUP = 128;

/**
 * Transactions on one SQLite connection that share flushes: those that wait at the same time run
 * in one `begin immediate`, each in a savepoint of its own, and are answered after the one commit.
 * A member that throws is rolled back to its savepoint and refused alone. A savepoint keeps a copy
 * of each page that is changed in it, so a group of plain members runs without, and once more with,
 * when one of them is refused. When the transaction as a whole is gone (a full disk, an I/O error, a failed commit), every member is refused: none is
 * told that it is done. architecture.md, invariant 7.
 */
export function groupCommit<Tx>(sqlite: BetterSqlite3.Database, tx: Tx) {
	const inside = new AsyncLocalStorage<Member<Tx>>();
	const { runGroup, current } = groupRunner(sqlite, (member: Member<Tx>) =>
		inside.run(member, member.work, tx)
	);
	const waiting: Member<Tx>[] = [];
	let scheduled = false;

	async function runAll() {
		while (waiting.length > 0) await runGroup(waiting.splice(0, MAX_GROUP));
		scheduled = false;
	}

	return {
		/** Throws unless the caller runs inside the transaction whose turn it is. */
		guard() {
			const member = inside.getStore();
			if (!member || member !== current()) {
				throw new Error('A transaction was used outside of its turn');
			}
		},
		inTransaction<T>(
			work: (tx: Tx) => Promise<T>,
			{ plain = false }: { plain?: boolean } = {}
		): Promise<T> {
			if (inside.getStore() !== undefined) return Promise.reject(new Error(NESTED));
			return new Promise<T>((resolve, reject) => {
				const answer = (value: unknown) => resolve(value as T);
				waiting.push({ work, answer, refuse: reject, plain });
				if (scheduled) return;
				scheduled = true;
				// The requests that came in the same turn of the event loop join before the group begins.
				setImmediate(() => void runAll());
			});
		},
		/** Resolves once nothing waits or runs. */
		async drained() {
			while (scheduled) await new Promise((resolve) => setImmediate(resolve));
		}
	};
}

/** Runs groups, one at a time; `work` does what a member came for. */
function groupRunner<M extends Member<never>>(
	sqlite: BetterSqlite3.Database,
	work: (member: M) => Promise<unknown>
) {
	const { begin, commit, rollback, savepoint, release, undo } = statementsOf(sqlite);
	let current: M | undefined;

	/** Does a member's work; returns how to answer it. */
	async function take(member: M): Promise<() => void> {
		current = member;
		try {
			const value = await work(member);
			return () => member.answer(value);
		} finally {
			current = undefined;
		}
	}

	/** Takes a member in a savepoint of its own. Throws when the whole transaction is gone. */
	async function takeInSavepoint(member: M): Promise<() => void> {
		savepoint.run();
		try {
			const answer = await take(member);
			release.run();
			return answer;
		} catch (error) {
			if (!sqlite.inTransaction) throw error;
			undo.run();
			release.run();
			return () => member.refuse(error);
		}
	}

	/** Takes plain members; undefined, with nothing of them left, where one was refused. */
	async function takePlain(group: readonly M[]): Promise<(() => void)[] | undefined> {
		try {
			const answers: (() => void)[] = [];
			for (const member of group) answers.push(await take(member));
			return answers;
		} catch (error) {
			if (!sqlite.inTransaction) throw error;
			rollback.run();
			begin.run();
			return undefined;
		}
	}

	async function runGroup(group: readonly M[]) {
		let answers: (() => void)[] | undefined;
		try {
			begin.run();
			if (group.every(({ plain }) => plain)) answers = await takePlain(group);
			if (!answers) {
				answers = [];
				for (const member of group) answers.push(await takeInSavepoint(member));
			}
			commit.run();
		} catch (error) {
			if (sqlite.inTransaction) rollback.run();
			for (const member of group) member.refuse(error);
			return;
		}
		for (const answer of answers) answer();
	}

	return { runGroup, current: () => current };
}

function statementsOf(sqlite: BetterSqlite3.Database) {
	return {
		begin: sqlite.prepare('begin immediate'),
		commit: sqlite.prepare('commit'),
		rollback: sqlite.prepare('rollback'),
		savepoint: sqlite.prepare('savepoint member'),
		release: sqlite.prepare('release member'),
		undo: sqlite.prepare('rollback to member')
	};
}
