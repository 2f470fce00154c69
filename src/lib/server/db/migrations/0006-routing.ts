import { sql, type Kysely } from 'kysely';
import { addColumns, index, table } from './table';

export async function up(db: Kysely<unknown>): Promise<void> {
	await addColumns(db, 'provider_accounts', 'name text =\nsettings text = {}');
	await table(
		db,
		'routing_sets',
		`id bigint
		merchant_id text
		mode text
		name text
		is_default bigint
		rules text
		created_at bigint`
	)
		.addPrimaryKeyConstraint('routing_sets_pk', ['id'])
		.execute();
	await index(db, 'routing_sets_merchant', 'routing_sets', ['merchant_id', 'mode']);
	await db.schema
		.createIndex('routing_sets_default')
		.unique()
		.on('routing_sets')
		.columns(['merchant_id', 'mode'])
		.where(sql.ref('is_default'), '=', 1)
		.execute();
	await table(db, 'merchant_settings', 'merchant_id text\nmode text\nsettings text')
		.addPrimaryKeyConstraint('merchant_settings_pk', ['merchant_id', 'mode'])
		.execute();
	await table(db, 'payers', 'merchant_id text\nmode text\nreference text\ntags text')
		.addPrimaryKeyConstraint('payers_pk', ['merchant_id', 'mode', 'reference'])
		.execute();
	await table(
		db,
		'rates',
		`base text
		quote text
		source text
		date text
		rate text
		created_at bigint`
	)
		.addPrimaryKeyConstraint('rates_pk', ['base', 'quote', 'date', 'source'])
		.execute();
	await table(
		db,
		'limit_counters',
		`subject text
		period_start bigint
		amount bigint
		uses bigint`
	)
		.addPrimaryKeyConstraint('limit_counters_pk', ['subject', 'period_start'])
		.execute();
	await index(db, 'limit_counters_period', 'limit_counters', ['period_start']);
}
