import { AsyncLocalStorage } from 'node:async_hooks';
import type BetterSqlite3 from 'better-sqlite3';
import { NESTED } from './database';

interface Member<Tx> {
	work: (tx: Tx) => Promise<unknown>;
	answer: (value: unknown) => void;
	refuse: (error: unknown) => void;
}

/** A bound on how long the first member of a group waits for the last. */
const MAX_GROUP = 128;

/**
 * Transactions on one SQLite connection that share flushes: those that wait at the same time run
 * in one `begin immediate`, each in a savepoint of its own, and are answered after the one commit.
 * A member that throws is rolled back to its savepoint and refused alone. When the transaction as
 * a whole is gone (a full disk, an I/O error, a failed commit), every member is refused: none is
 * told that it is done. architecture.md, invariant 7.
 */
export function groupCommit<Tx>(sqlite: BetterSqlite3.Database, tx: Tx) {
	const inside = new AsyncLocalStorage<Member<Tx>>();
	const waiting: Member<Tx>[] = [];
	const { begin, commit, rollback, savepoint, release, undo } = statementsOf(sqlite);
	let scheduled = false;
	let current: Member<Tx> | undefined;

	/** Runs one member; returns how to answer it. Throws when the whole transaction is gone. */
	async function runMember(member: Member<Tx>): Promise<() => void> {
		savepoint.run();
		current = member;
		try {
			const value = await inside.run(member, member.work, tx);
			release.run();
			return () => member.answer(value);
		} catch (error) {
			if (!sqlite.inTransaction) throw error;
			undo.run();
			release.run();
			return () => member.refuse(error);
		} finally {
			current = undefined;
		}
	}

	async function runGroup(group: readonly Member<Tx>[]) {
		const answers: (() => void)[] = [];
		try {
			begin.run();
			for (const member of group) answers.push(await runMember(member));
			commit.run();
		} catch (error) {
			if (sqlite.inTransaction) rollback.run();
			for (const member of group) member.refuse(error);
			return;
		}
		for (const answer of answers) answer();
	}

	async function runAll() {
		while (waiting.length > 0) await runGroup(waiting.splice(0, MAX_GROUP));
		scheduled = false;
	}

	return {
		/** Throws unless the caller runs inside the transaction whose turn it is. */
		guard() {
			if (inside.getStore() !== current || !current) {
				throw new Error('A transaction was used outside of its turn');
			}
		},
		inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
			if (inside.getStore() !== undefined) return Promise.reject(new Error(NESTED));
			return new Promise<T>((resolve, reject) => {
				waiting.push({ work, answer: (value) => resolve(value as T), refuse: reject });
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
