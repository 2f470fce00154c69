import type { Kysely } from 'kysely';
import { index, table } from './table';

export async function up(db: Kysely<unknown>): Promise<void> {
	await table(db, 'merchants', 'id text\nname text\ncreated_at bigint')
		.addPrimaryKeyConstraint('merchants_pk', ['id'])
		.execute();
	await table(
		db,
		'applications',
		`id text
		merchant_id text
		dialect text
		name text
		branding text
		support_contact text?
		frame_origins text
		return_origins text
		created_at bigint`
	)
		.addPrimaryKeyConstraint('applications_pk', ['id'])
		.addForeignKeyConstraint('applications_merchant', ['merchant_id'], 'merchants', ['id'])
		.execute();
	await table(
		db,
		'application_modes',
		`application_id text
		mode text
		webhook_url text?
		webhook_secret_sealed text
		signature_password_sealed text?`
	)
		.addPrimaryKeyConstraint('application_modes_pk', ['application_id', 'mode'])
		.execute();
	await table(
		db,
		'api_keys',
		`id text
		application_id text
		mode text
		label text
		hint text
		sha256 text
		created_at bigint
		last_used_at bigint?
		expires_at bigint?
		revoked_at bigint?`
	)
		.addPrimaryKeyConstraint('api_keys_pk', ['id'])
		.addUniqueConstraint('api_keys_sha256', ['sha256'])
		.execute();
	await table(
		db,
		'provider_accounts',
		`id bigint
		merchant_id text
		mode text
		provider text
		credentials_sealed text
		enabled bigint
		created_at bigint`
	)
		.addPrimaryKeyConstraint('provider_accounts_pk', ['id'])
		.execute();
	await index(db, 'provider_accounts_merchant', 'provider_accounts', ['merchant_id', 'mode']);
}
