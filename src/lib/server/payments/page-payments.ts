import { sql } from 'kysely';
import type { Context } from '$lib/server/context';
import type { Reader } from '$lib/server/db/database';
import type { Dialect, Mode } from '$lib/server/db/schema';
import type { Payment } from './payment';
import { paymentOf, paymentRows } from './read-payment';
import type { State } from './states';

/** A state, or what a provider had attested and took back, which no state tells. */
export type Standing = State | 'reversed';

interface Keyset {
	/** Only payments that stand so; left out: in any way. */
	standings?: readonly Standing[];
	/** The transaction's id that the page before ended with. */
	after?: string;
	limit: number;
}

/**
 * A page of an application's payments in one mode, newest first, and whether older ones follow. Each
 * state is read along its index on its own, so that a rare one is not searched for among the others.
 */
export async function readPaymentsAfter(
	{ db }: Context,
	owner: { applicationId: string; mode: Mode },
	{ standings, after, limit }: Keyset
): Promise<{ payments: Payment[]; hasMore: boolean }> {
	const idsOf = (standing?: Standing) =>
		db.read
			.selectFrom((from) =>
				from
					.selectFrom('transactions as t')
					.select('t.id')
					.where('t.application_id', '=', owner.applicationId)
					.where('t.mode', '=', owner.mode)
					.$if(standing !== undefined, (query) =>
						standing === 'reversed'
							? query.where('t.reversed', '=', sql.lit(1))
							: query.where('t.state', '=', standing ?? '').where('t.reversed', '=', 0)
					)
					.$if(after !== undefined, (query) => query.where('t.id', '<', after ?? ''))
					.orderBy('t.id', 'desc')
					.limit(limit + 1)
					.as('own')
			)
			.select('own.id');
	const [first = idsOf(), ...others] = standings?.map(idsOf) ?? [];
	// One statement, and so one moment: what changes its state meanwhile is there once.
	const ids = others.reduce((all, own) => all.unionAll(own), first);
	const rows = await paymentRows(db.read)
		.where('t.id', 'in', ids)
		.orderBy('t.id', 'desc')
		.limit(limit + 1)
		.execute();
	return { payments: rows.slice(0, limit).map(paymentOf), hasMore: rows.length > limit };
}

/** How many of the newest payments numbered pages lead through, and are counted. */
export const MOST_PAGED = 10_000;

/**
 * A numbered page, from 1, of the payments of all the merchant's applications of a dialect in one
 * mode, newest first, and how many there are in all. Those of deleted applications are among them.
 * No page reaches beyond MOST_PAGED payments, and none beyond are counted: on SQLite whoever counts
 * holds up all others.
 */
export async function readPaymentsPage(
	{ db }: Context,
	owner: { merchantId: string; mode: Mode; dialect: Dialect },
	{ page, perPage }: { page: number; perPage: number }
): Promise<{ payments: Payment[]; total: number }> {
	const applications = await db.read
		.selectFrom('applications')
		.select('id')
		.where('merchant_id', '=', owner.merchantId)
		.where('dialect', '=', owner.dialect)
		.execute();
	const ids = applications.map(({ id }) => id);
	if (ids.length === 0) return { payments: [], total: 0 };
	const { total } = await db.read
		.selectFrom(newestIds(db.read, ids, owner.mode, MOST_PAGED).as('newest'))
		.select(({ fn }) => fn.countAll<number>().as('total'))
		.executeTakeFirstOrThrow();
	const reach = Math.min(page * perPage, MOST_PAGED);
	const wanted = await db.read
		.selectFrom(newestIds(db.read, ids, owner.mode, reach).as('newest'))
		.select('id')
		.orderBy('id', 'desc')
		.limit(Math.max(0, reach - (page - 1) * perPage))
		.offset((page - 1) * perPage)
		.execute();
	const counted = Math.min(Number(total), MOST_PAGED);
	const here = wanted.map(({ id }) => id);
	if (here.length === 0) return { payments: [], total: counted };
	const rows = await paymentRows(db.read)
		.where('t.id', 'in', here)
		.orderBy('t.id', 'desc')
		.execute();
	return { payments: rows.map(paymentOf), total: counted };
}

/** Of each application its newest, along the index: they alone can be the newest of all. */
function newestIds(reader: Reader, applicationIds: string[], mode: Mode, limit: number) {
	const [first, ...others] = applicationIds.map((applicationId) =>
		reader
			.selectFrom((from) =>
				from
					.selectFrom('transactions')
					.select('id')
					.where('application_id', '=', applicationId)
					.where('mode', '=', mode)
					.orderBy('id', 'desc')
					.limit(limit)
					.as('own')
			)
			.select('own.id')
	);
	if (!first) throw new Error('Nobody’s payments cannot be read');
	return others.reduce((all, own) => all.unionAll(own), first);
}
