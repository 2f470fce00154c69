import type { Kysely } from 'kysely';
import { index, table } from './table';

export async function up(db: Kysely<unknown>): Promise<void> {
	await table(
		db,
		'webhook_deliveries',
		`id text
		application_id text
		mode text
		transaction_id text
		event_version bigint
		state text
		body text?
		url text?
		tries bigint
		due_at bigint?
		lease_until bigint
		created_at bigint
		delivered_at bigint?`
	)
		.addPrimaryKeyConstraint('webhook_deliveries_pk', ['id'])
		.addUniqueConstraint('webhook_deliveries_event', ['transaction_id', 'event_version'])
		.execute();
	await index(db, 'webhook_deliveries_due', 'webhook_deliveries', [
		'application_id',
		'mode',
		'due_at'
	]);
	await table(
		db,
		'webhook_tries',
		`delivery_id text
		number bigint
		started_at bigint
		took_ms bigint
		status bigint?
		problem text?`
	)
		.addPrimaryKeyConstraint('webhook_tries_pk', ['delivery_id', 'number'])
		.execute();
}
