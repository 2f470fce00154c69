import type { Kysely } from 'kysely';
import { addColumns, index, table } from './table';

export async function up(db: Kysely<unknown>): Promise<void> {
	await addColumns(
		db,
		'simulator_payments',
		`kind text = card
		details text?
		card_token text?
		received bigint = 0
		refunded bigint = 0
		reference text?
		decides_at bigint?`
	);
	await db.schema
		.createIndex('simulator_payments_reference')
		.on('simulator_payments')
		.column('reference')
		.unique()
		.execute();
	await index(db, 'simulator_payments_decides', 'simulator_payments', ['decides_at']);
	await table(
		db,
		'simulator_receipts',
		`id text
		attempt_id text
		amount bigint
		created_at bigint`
	)
		.addPrimaryKeyConstraint('simulator_receipts_pk', ['id'])
		.execute();
	await index(db, 'simulator_receipts_attempt', 'simulator_receipts', ['attempt_id']);
	await table(
		db,
		'simulator_refunds',
		`refund_id text
		id text
		attempt_id text
		state text
		amount bigint
		currency text
		message text
		moves bigint
		requests bigint
		decides_at bigint?
		created_at bigint
		updated_at bigint`
	)
		.addPrimaryKeyConstraint('simulator_refunds_pk', ['refund_id'])
		.execute();
	await index(db, 'simulator_refunds_attempt', 'simulator_refunds', ['attempt_id']);
	await index(db, 'simulator_refunds_decides', 'simulator_refunds', ['decides_at']);
	await table(
		db,
		'simulator_cards',
		`token text
		rule text
		brand text?
		last4 text
		created_at bigint`
	)
		.addPrimaryKeyConstraint('simulator_cards_pk', ['token'])
		.execute();
}
