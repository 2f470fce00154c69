import { sql, type CreateTableBuilder, type Kysely } from 'kysely';

/** Everything that a card deposit needs. Both engines take the same statements. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await merchants(db);
	await payments(db);
	await webhooks(db);
	await requests(db);
	await limits(db);
	await simulator(db);
}

/**
 * Columns in a line each: `name type`. `text` and `bigint` mean the same to both engines; a `?`
 * behind the type lets it be null.
 */
function table(db: Kysely<unknown>, name: string, columns: string) {
	let builder: CreateTableBuilder<string, string> = db.schema.createTable(name);
	for (const line of columns.trim().split('\n')) {
		const [column = '', type = ''] = line.trim().split(/\s+/);
		const base = type.replace('?', '') === 'text' ? 'text' : 'bigint';
		builder = builder.addColumn(column, base, (col) => (type.endsWith('?') ? col : col.notNull()));
	}
	return builder;
}

async function merchants(db: Kysely<unknown>) {
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

async function payments(db: Kysely<unknown>) {
	await sessions(db);
	await transactions(db);
	await attempts(db);
	await table(
		db,
		'events',
		`transaction_id text
		version bigint
		kind text
		snapshot text
		created_at bigint`
	)
		.addPrimaryKeyConstraint('events_pk', ['transaction_id', 'version'])
		.execute();
}

async function sessions(db: Kysely<unknown>) {
	await table(
		db,
		'sessions',
		`id text
		version bigint
		token_sha256 text
		application_id text
		merchant_id text
		mode text
		intent text
		amount bigint?
		currency text
		amount_editable bigint
		lowest_amount bigint?
		highest_amount bigint?
		preset_amounts text?
		payer_reference text?
		reference text?
		customer text?
		payer_ip text?
		description text?
		return_addresses text
		webhook_url text?
		locale text?
		theme text
		methods text?
		content_hmac text
		expires_at bigint
		created_at bigint`
	)
		.addPrimaryKeyConstraint('sessions_pk', ['id'])
		.addUniqueConstraint('sessions_token', ['token_sha256'])
		.execute();
}

async function transactions(db: Kysely<unknown>) {
	await table(
		db,
		'transactions',
		`id text
		session_id text
		application_id text
		merchant_id text
		mode text
		intent text
		state text
		version bigint
		amount bigint?
		currency text
		payer_reference text?
		reference text?
		tries bigint
		reason text?
		reason_message text?
		expires_at bigint?
		created_at bigint
		updated_at bigint`
	)
		.addPrimaryKeyConstraint('transactions_pk', ['id'])
		.addUniqueConstraint('transactions_session', ['session_id'])
		.execute();
	// A merchant's reference is taken while its transaction can still bring money, or has.
	await db.schema
		.createIndex('transactions_reference')
		.unique()
		.on('transactions')
		.columns(['application_id', 'mode', 'intent', 'reference'])
		.where(sql.ref('state'), 'not in', ['declined', 'canceled', 'expired', 'failed', 'rejected'])
		.execute();
	await index(db, 'transactions_list', 'transactions', ['application_id', 'mode', 'id']);
	await index(db, 'transactions_expiry', 'transactions', ['expires_at']);
}

async function attempts(db: Kysely<unknown>) {
	await table(
		db,
		'attempts',
		`id text
		transaction_id text
		number bigint
		provider_account_id bigint
		provider text
		method text
		state text
		amount bigint
		currency text
		provider_reference text?
		action text?
		card_brand text?
		card_first6 text?
		card_last4 text?
		card_expiry text?
		reason text?
		reason_message text?
		ask_at bigint?
		asked bigint
		lease_until bigint
		created_at bigint
		updated_at bigint`
	)
		.addPrimaryKeyConstraint('attempts_pk', ['id'])
		.addUniqueConstraint('attempts_number', ['transaction_id', 'number'])
		.addForeignKeyConstraint('attempts_transaction', ['transaction_id'], 'transactions', ['id'])
		.execute();
	await db.schema
		.createIndex('attempts_open')
		.unique()
		.on('attempts')
		.column('transaction_id')
		.where(sql.ref('state'), 'in', ['sent', 'action_required'])
		.execute();
	await index(db, 'attempts_ask', 'attempts', ['ask_at']);
}

async function webhooks(db: Kysely<unknown>) {
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
	await index(db, 'webhook_deliveries_due', 'webhook_deliveries', ['due_at']);
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

async function requests(db: Kysely<unknown>) {
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
}

async function limits(db: Kysely<unknown>) {
	await table(db, 'rate_counts', 'subject text\nminute bigint\ncount bigint')
		.addPrimaryKeyConstraint('rate_counts_pk', ['subject', 'minute'])
		.execute();
	await index(db, 'rate_counts_minute', 'rate_counts', ['minute']);
	await index(db, 'idempotent_answers_age', 'idempotent_answers', ['created_at']);
}

async function simulator(db: Kysely<unknown>) {
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
		return_url text?
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

async function index(db: Kysely<unknown>, name: string, on: string, columns: string[]) {
	await db.schema.createIndex(name).on(on).columns(columns).execute();
}
