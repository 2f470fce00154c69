import type { Kysely } from 'kysely';
import { index, table } from './table';

export async function up(db: Kysely<unknown>): Promise<void> {
	await table(
		db,
		'notifications',
		`provider_account_id bigint
		message_id text
		body text
		reading text
		attempt_id text
		received_at bigint
		result text?
		processed_at bigint?`
	)
		.addPrimaryKeyConstraint('notifications_pk', ['provider_account_id', 'message_id'])
		.execute();
	await index(db, 'notifications_open', 'notifications', ['processed_at']);
	await table(
		db,
		'idempotent_answers',
		`application_id text
		mode text
		path text
		key text
		request_hmac text
		resource_id text
		lease_until bigint
		status bigint?
		body_sealed text?
		created_at bigint`
	)
		.addPrimaryKeyConstraint('idempotent_answers_pk', ['application_id', 'mode', 'path', 'key'])
		.execute();
	await limits(db);
}

async function limits(db: Kysely<unknown>) {
	await table(db, 'rate_counts', 'subject text\nminute bigint\ncount bigint')
		.addPrimaryKeyConstraint('rate_counts_pk', ['subject', 'minute'])
		.execute();
	await index(db, 'rate_counts_minute', 'rate_counts', ['minute']);
	await index(db, 'idempotent_answers_age', 'idempotent_answers', ['created_at']);
}
