import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Kysely, sql, SqliteDialect } from 'kysely';
import { expect, test } from 'vitest';
import { up as merchants } from '../../src/lib/server/db/migrations/0001-merchants';
import { up as payments } from '../../src/lib/server/db/migrations/0002-payments';
import { up as routing } from '../../src/lib/server/db/migrations/0006-routing';
import { up as ledger } from '../../src/lib/server/db/migrations/0007-ledger';
import { up as cashier } from '../../src/lib/server/db/migrations/0008-cashier';

test('what was paid before there were books is in them afterwards', async () => {
	const file = join(mkdtempSync(join(tmpdir(), 'cashdesk-test-')), 'old.db');
	const database = new BetterSqlite3(file);
	const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
	await merchants(db);
	await payments(db);
	for (const [id, state] of [
		['paid', 'succeeded'],
		['open', 'created']
	]) {
		await sql`insert into transactions (id, session_id, application_id, merchant_id, mode, intent,
			state, version, amount, currency, tries, created_at, updated_at)
			values (${id}, ${id}, 'a', 'm', 'test', 'deposit', ${state}, 2, 1005, 'EUR', 2, 1, 2)`.execute(db);
		for (const number of [1, 2]) {
			const outcome = state === 'succeeded' && number === 2 ? 'succeeded' : 'declined';
			await sql`insert into attempts (id, transaction_id, number, provider_account_id, provider,
				method, state, amount, currency, asked, created_at, updated_at)
				values (${`${id}${number}`}, ${id}, ${number}, 1, 'simulator', 'card', ${outcome}, 1005,
				'EUR', 0, 1, 2)`.execute(db);
		}
	}
	await sql`insert into unapplied_money (attempt_id, transaction_id, provider_account_id,
		provider_reference, amount, currency, created_at)
		values ('paid1', 'paid', 1, 'ref', 1005, 'EUR', 3)`.execute(db);
	await routing(db);
	await ledger(db);
	await cashier(db);
	const { rows } = await sql`select account, balance from ledger_balances order by account`.execute(
		db
	);
	expect(rows).toEqual([
		{ account: 'available', balance: 1005 },
		{ account: 'payers', balance: -2010 },
		{ account: 'unapplied', balance: 1005 }
	]);
	const { rows: money } = await sql`select way, state, amount from unapplied_money`.execute(db);
	expect(money).toEqual([{ way: 'queue', state: 'waiting', amount: 1005 }]);
	const { rows: tries } =
		await sql`select user_amount, kind from attempts where id = 'paid2'`.execute(db);
	expect(tries).toEqual([{ user_amount: 1005, kind: 'card' }]);
	database.close();
});
