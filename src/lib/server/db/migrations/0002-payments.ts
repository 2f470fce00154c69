import { sql, type Kysely } from 'kysely';
import { index, table } from './table';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sessions(db);
	await transactions(db);
	await attempts(db);
	await unappliedMoney(db);
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
	// Merchants ask by their own reference; the partial index above cannot serve that.
	await index(db, 'transactions_by_reference', 'transactions', [
		'application_id',
		'mode',
		'reference',
		'id'
	]);
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

async function unappliedMoney(db: Kysely<unknown>) {
	await table(
		db,
		'unapplied_money',
		`attempt_id text
		transaction_id text
		provider_account_id bigint
		provider_reference text?
		amount bigint
		currency text
		created_at bigint`
	)
		.addPrimaryKeyConstraint('unapplied_money_pk', ['attempt_id'])
		.execute();
}
