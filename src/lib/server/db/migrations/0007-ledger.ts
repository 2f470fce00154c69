import type { Kysely } from 'kysely';
import { index, table } from './table';

export async function up(db: Kysely<unknown>): Promise<void> {
	await table(
		db,
		'ledger_entries',
		`transaction_id text
		posting text
		line bigint
		merchant_id text
		mode text
		currency text
		account text
		amount bigint
		created_at bigint`
	)
		.addPrimaryKeyConstraint('ledger_entries_pk', ['transaction_id', 'posting', 'line'])
		.execute();
	await index(db, 'ledger_entries_account', 'ledger_entries', [
		'merchant_id',
		'mode',
		'currency',
		'account'
	]);
	await table(
		db,
		'ledger_balances',
		`merchant_id text
		mode text
		currency text
		account text
		balance bigint`
	)
		.addPrimaryKeyConstraint('ledger_balances_pk', ['merchant_id', 'mode', 'currency', 'account'])
		.execute();
}
