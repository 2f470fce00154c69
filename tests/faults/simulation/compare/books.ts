import type { Schema } from '../../../../src/lib/server/db/schema.ts';
import type { Store } from '../store.ts';

/** The tables that are compared: ours, and the acquirer's. */
const tables = [
	'sessions',
	'transactions',
	'attempts',
	'payout_legs',
	'receipts',
	'refunds',
	'unapplied_money',
	'ledger_entries',
	'ledger_balances',
	'limit_counters',
	'instruments',
	'events',
	'webhook_deliveries',
	'notifications',
	'simulator_payments',
	'simulator_receipts',
	'simulator_refunds',
	'simulator_messages'
] as const;

/** Everything that is written, as rows of the tables. */
export type Books = { [Name in (typeof tables)[number]]: Schema[Name][] };

export async function readBooks({ select }: Store): Promise<Books> {
	const books = {} as Record<string, unknown[]>;
	for (const table of tables) books[table] = await select(`select * from ${table}`);
	return books as Books;
}
