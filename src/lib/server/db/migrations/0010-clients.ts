import { sql, type Kysely } from 'kysely';
import { addColumns, index, table } from './table';

/** What applications of the Charges and Checkout APIs have besides, and who may call them. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await addColumns(
		db,
		'applications',
		`client_id text?
		url text?
		currencies text?
		allow_underpay bigint = 0
		allow_overpay bigint = 0
		deleted_at bigint?`
	);
	await db.schema
		.createIndex('applications_client_id')
		.on('applications')
		.column('client_id')
		.unique()
		.execute();
	await index(db, 'applications_of_merchant', 'applications', ['merchant_id', 'dialect', 'id']);
	await addColumns(db, 'api_keys', 'scopes text?');
	await index(db, 'api_keys_of_application', 'api_keys', ['application_id', 'mode', 'id']);
	await addColumns(db, 'sessions', 'dialect_data text?');
	await index(db, 'transactions_by_state', 'transactions', [
		'application_id',
		'mode',
		'state',
		'id'
	]);
	await sealedBodies(db);
	await clients(db);
}

/** A body may hold a payer's token now: those in clear go, and are made again where they are due. */
async function sealedBodies(db: Kysely<unknown>) {
	await db.schema.alterTable('webhook_deliveries').renameColumn('body', 'body_sealed').execute();
	await sql`update webhook_deliveries set body_sealed = null`.execute(db);
}

async function clients(db: Kysely<unknown>) {
	await table(
		db,
		'api_clients',
		`id text
		client_id text
		secret_sha256 text
		merchant_id text
		application_id text?
		dialect text
		mode text
		label text
		created_at bigint
		revoked_at bigint?`
	)
		.addPrimaryKeyConstraint('api_clients_pk', ['id'])
		.addUniqueConstraint('api_clients_client_id', ['client_id'])
		.execute();
	await table(
		db,
		'access_tokens',
		`id text
		sha256 text
		client text
		expires_at bigint
		created_at bigint
		revoked_at bigint?`
	)
		.addPrimaryKeyConstraint('access_tokens_pk', ['id'])
		.addUniqueConstraint('access_tokens_sha256', ['sha256'])
		.execute();
	await index(db, 'access_tokens_end', 'access_tokens', ['expires_at']);
	await index(db, 'access_tokens_client', 'access_tokens', ['client']);
}
