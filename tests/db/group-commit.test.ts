import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { groupCommit } from '../../src/lib/server/db/group-commit';

let folder: string;
let sqlite: BetterSqlite3.Database;
let commits: number;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'cashdesk-test-'));
	commits = 0;
	sqlite = new BetterSqlite3(join(folder, 'test.db'), {
		verbose: (sql) => void (sql === 'commit' && commits++)
	});
	sqlite.exec('create table things (id integer primary key)');
});

afterEach(() => {
	sqlite.close();
	rmSync(folder, { recursive: true, force: true });
});

const insert = (id: number) => sqlite.prepare('insert into things values (?)').run(id);
const count = () => sqlite.prepare('select count(*) n from things').get();

test('transactions that wait at the same time share one commit', async () => {
	const { inTransaction } = groupCommit(sqlite, undefined);
	await Promise.all(
		Array.from({ length: 50 }, (_, id) => inTransaction(async () => void insert(id)))
	);
	expect(count()).toEqual({ n: 50 });
	expect(commits).toBe(1);
});

test('a failed commit refuses every member', async () => {
	sqlite.exec(`pragma foreign_keys = on;
		create table owners (id integer primary key);
		create table owned (owner integer references owners deferrable initially deferred)`);
	const { inTransaction } = groupCommit(sqlite, undefined);
	const members = [
		inTransaction(async () => void insert(1)),
		// Found out at commit only, when the member has long returned.
		inTransaction(async () => void sqlite.exec('insert into owned values (7)')),
		inTransaction(async () => void insert(2))
	];
	const results = await Promise.allSettled(members);
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
	expect(count()).toEqual({ n: 0 });
	await inTransaction(async () => void insert(3));
	expect(count()).toEqual({ n: 1 });
});

test('an error that ends the whole transaction refuses every member, the earlier ones too', async () => {
	const { inTransaction } = groupCommit(sqlite, undefined);
	const ran: number[] = [];
	const members = [
		inTransaction(async () => void insert(1)),
		inTransaction(async () => {
			// What a full disk or an I/O error does: the engine rolls back by itself.
			sqlite.exec('rollback');
			throw new Error('disk is full');
		}),
		inTransaction(async () => void ran.push(3))
	];
	const results = await Promise.allSettled(members);
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
	expect(ran).toEqual([]);
	expect(count()).toEqual({ n: 0 });
});

test('a query after its turn is refused', async () => {
	const { inTransaction, guard } = groupCommit(sqlite, undefined);
	let late: (() => void) | undefined;
	await inTransaction(async () => {
		expect(guard).not.toThrow();
		late = guard;
	});
	expect(late).toThrow('outside of its turn');
});

test('of plain members that wait at the same time, the one that is refused is refused alone', async () => {
	const { inTransaction } = groupCommit(sqlite, undefined);
	const ids = [1, 2, 2, 3];
	const members = ids.map((id) => inTransaction(async () => void insert(id), { plain: true }));
	const results = await Promise.allSettled(members);
	expect(results.map(({ status }) => status)).toEqual([
		'fulfilled',
		'fulfilled',
		'rejected',
		'fulfilled'
	]);
	expect(count()).toEqual({ n: 3 });
	expect(commits).toBe(1);
});
