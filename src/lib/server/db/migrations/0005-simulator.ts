import type { Kysely } from 'kysely';
import { index, table } from './table';

export async function up(db: Kysely<unknown>): Promise<void> {
	await table(
		db,
		'simulator_payments',
		`attempt_id text
		id text
		state text
		rule text
		amount bigint
		currency text
		card_brand text?
		card_last4 text?
		reason text?
		message text
		charges bigint
		requests bigint
		return_url_sealed text?
		callback_url text?
		locale text
		created_at bigint
		updated_at bigint`
	)
		.addPrimaryKeyConstraint('simulator_payments_pk', ['attempt_id'])
		.addUniqueConstraint('simulator_payments_id', ['id'])
		.execute();
	await table(
		db,
		'simulator_messages',
		`id text
		attempt_id text
		url text
		body text
		copies bigint
		due_at bigint?
		tries bigint
		lease_until bigint`
	)
		.addPrimaryKeyConstraint('simulator_messages_pk', ['id'])
		.execute();
	await index(db, 'simulator_messages_due', 'simulator_messages', ['due_at']);
}
