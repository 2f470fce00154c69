import { sql, type Kysely } from 'kysely';
import { addColumns, index, table } from './table';

export async function up(db: Kysely<unknown>): Promise<void> {
	await addColumns(
		db,
		'transactions',
		`one_shot bigint = 0
		submissions bigint = 0
		refunded_amount bigint = 0
		reserved_limits text?
		work_at bigint?`
	);
	await sql`update transactions set submissions = tries`.execute(db);
	await index(db, 'transactions_work', 'transactions', ['work_at']);
	await index(db, 'transactions_by_payer', 'transactions', [
		'merchant_id',
		'mode',
		'payer_reference',
		'id'
	]);
	await addColumns(
		db,
		'attempts',
		`kind text = card
		user_amount bigint = 0
		fee bigint = 0
		merchant_fee bigint = 0
		rate text?
		rate_source text?
		rate_date text?
		fx_fee bigint = 0
		leg bigint?
		pay_until bigint?
		received_amount bigint = 0
		instrument_id text?
		keeps_card bigint = 0
		followers bigint = 0`
	);
	await sql`update attempts set user_amount = amount`.execute(db);
	await payoutLegs(db);
	await instruments(db);
	await refunds(db);
	await unappliedMoney(db);
	await bookOldDeposits(db);
}

async function payoutLegs(db: Kysely<unknown>) {
	await table(
		db,
		'payout_legs',
		`transaction_id text
		number bigint
		method text
		kind text
		amount bigint
		fee bigint?
		destination_sealed text
		label text
		source_attempt_id text?
		state text
		reason text?
		reason_message text?`
	)
		.addPrimaryKeyConstraint('payout_legs_pk', ['transaction_id', 'number'])
		.execute();
	await index(db, 'payout_legs_source', 'payout_legs', ['source_attempt_id']);
}

async function instruments(db: Kysely<unknown>) {
	await table(
		db,
		'instruments',
		`id text
		merchant_id text
		mode text
		payer_reference text
		provider_account_id bigint
		token_sealed text
		brand text?
		last4 text
		expiry text
		created_at bigint
		last_used_at bigint
		removed_at bigint?`
	)
		.addPrimaryKeyConstraint('instruments_pk', ['id'])
		.execute();
	await index(db, 'instruments_payer', 'instruments', ['merchant_id', 'mode', 'payer_reference']);
	await table(
		db,
		'receipts',
		`attempt_id text
		receipt_id text
		transaction_id text
		amount bigint
		currency text
		received_at bigint`
	)
		.addPrimaryKeyConstraint('receipts_pk', ['attempt_id', 'receipt_id'])
		.execute();
}

async function refunds(db: Kysely<unknown>) {
	await table(
		db,
		'refunds',
		`id text
		transaction_id text
		attempt_id text
		merchant_id text
		mode text
		reference text?
		state text
		amount bigint
		currency text
		fee bigint
		fx_fee bigint
		provider_amount bigint
		provider_currency text
		provider_account_id bigint
		provider_reference text?
		unapplied_id text?
		reason text?
		reason_message text?
		ask_at bigint?
		asked bigint
		created_at bigint
		updated_at bigint`
	)
		.addPrimaryKeyConstraint('refunds_pk', ['id'])
		.addForeignKeyConstraint('refunds_transaction', ['transaction_id'], 'transactions', ['id'])
		.execute();
	await index(db, 'refunds_transaction_id', 'refunds', ['transaction_id']);
	await index(db, 'refunds_ask', 'refunds', ['ask_at']);
	await db.schema
		.createIndex('refunds_reference')
		.unique()
		.on('refunds')
		.columns(['transaction_id', 'reference'])
		.where('reference', 'is not', null)
		.execute();
	await db.schema
		.createIndex('refunds_unapplied')
		.unique()
		.on('refunds')
		.columns(['unapplied_id'])
		.where(sql.ref('state'), '!=', 'failed')
		.execute();
}

/**
 * An attempt can leave more than one sum without a use: each late transfer is one. What was booked
 * before waits in the merchant's queue, since somebody may have given it back by hand.
 */
async function unappliedMoney(db: Kysely<unknown>) {
	await db.schema.alterTable('unapplied_money').renameTo('unapplied_money_before').execute();
	await table(
		db,
		'unapplied_money',
		`id text
		attempt_id text
		receipt_id text
		transaction_id text
		merchant_id text
		mode text
		provider_account_id bigint
		provider_reference text?
		amount bigint
		currency text
		way text
		state text
		work_at bigint?
		created_at bigint`
	)
		.addPrimaryKeyConstraint('unapplied_money_id', ['id'])
		.addUniqueConstraint('unapplied_money_source', ['attempt_id', 'receipt_id'])
		.execute();
	await sql`insert into unapplied_money
		select u.attempt_id, u.attempt_id, '', u.transaction_id, t.merchant_id, t.mode,
			u.provider_account_id, u.provider_reference, u.amount, u.currency, 'queue', 'waiting',
			null, u.created_at
		from unapplied_money_before u join transactions t on t.id = u.transaction_id`.execute(db);
	await db.schema.dropTable('unapplied_money_before').execute();
	await index(db, 'unapplied_money_work', 'unapplied_money', ['work_at']);
}

/** Books what came in before there were books, as `depositPaid` and `moneyUnapplied` would have. */
async function bookOldDeposits(db: Kysely<unknown>) {
	const paid = sql`from transactions t
		join attempts a on a.transaction_id = t.id and a.number = t.tries
		where t.state = 'succeeded' and a.state = 'succeeded'`;
	const columns = sql`transaction_id, posting, line, merchant_id, mode, currency, account, amount,
		created_at`;
	await sql`insert into ledger_entries (${columns})
		select t.id, a.id, 0, t.merchant_id, t.mode, a.currency, 'payers', -a.amount, t.updated_at
		${paid}`.execute(db);
	await sql`insert into ledger_entries (${columns})
		select t.id, a.id, 1, t.merchant_id, t.mode, a.currency, 'available', a.amount, t.updated_at
		${paid}`.execute(db);
	const unapplied = sql`from unapplied_money`;
	await sql`insert into ledger_entries (${columns})
		select transaction_id, attempt_id || ':unapplied', 0, merchant_id, mode, currency, 'payers',
			-amount, created_at ${unapplied}`.execute(db);
	await sql`insert into ledger_entries (${columns})
		select transaction_id, attempt_id || ':unapplied', 1, merchant_id, mode, currency, 'unapplied',
			amount, created_at ${unapplied}`.execute(db);
	await sql`insert into ledger_balances (merchant_id, mode, currency, account, balance)
		select merchant_id, mode, currency, account, sum(amount) from ledger_entries
		group by merchant_id, mode, currency, account`.execute(db);
}
