import { sql, type Kysely } from 'kysely';
import { addColumns } from './table';

/** What transactions were promised of less and more than the amount, and what is not final yet. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await addColumns(
		db,
		'transactions',
		`allow_underpay bigint = 0
		allow_overpay bigint = 0
		attested bigint = 0
		reversed bigint = 0`
	);
	// Most transactions never have work to wait for: they cost this index nothing.
	await sql`drop index transactions_work`.execute(db);
	await sql`create index transactions_work on transactions (work_at)
		where work_at is not null`.execute(db);
	// Few are ever taken back: the others cost this index nothing.
	await sql`create index transactions_reversed on transactions (application_id, mode, id)
		where reversed = 1`.execute(db);
	await addColumns(db, 'attempts', 'ordered text?');
}
