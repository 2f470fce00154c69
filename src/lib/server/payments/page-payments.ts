import type { Context } from '$lib/server/context';
import type { Dialect, Mode } from '$lib/server/db/schema';
import type { Payment } from './payment';
import { paymentOf, paymentRows } from './read-payment';
import type { State } from './states';

interface Keyset {
	/** Only payments in one of these; left out: in any. */
	states?: readonly State[];
	/** The transaction's id that the page before ended with. */
	after?: string;
	limit: number;
}

/**
 * A page of an application's payments in one mode, newest first, and whether older ones follow. Each
 * state is read along the index on its own, so that a rare one is not searched for among the others.
 */
export async function readPaymentsAfter(
	{ db }: Context,
	owner: { applicationId: string; mode: Mode },
	{ states, after, limit }: Keyset
): Promise<{ payments: Payment[]; hasMore: boolean }> {
	const read = (state?: State) =>
		paymentRows(db.read)
			.where('t.application_id', '=', owner.applicationId)
			.where('t.mode', '=', owner.mode)
			.$if(state !== undefined, (query) => query.where('t.state', '=', state ?? ''))
			.$if(after !== undefined, (query) => query.where('t.id', '<', after ?? ''))
			.orderBy('t.id', 'desc')
			.limit(limit + 1)
			.execute();
	const pages = await Promise.all(states ? states.map(read) : [read()]);
	const rows = pages.flat().sort((one, other) => (one.id < other.id ? 1 : -1));
	return { payments: rows.slice(0, limit).map(paymentOf), hasMore: rows.length > limit };
}

/**
 * A numbered page, from 1, of the payments of all the merchant's applications of a dialect in one
 * mode, newest first, and how many there are in all. Those of deleted applications are among them.
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
		.selectFrom('transactions')
		.select(({ fn }) => fn.countAll<number>().as('total'))
		.where('application_id', 'in', ids)
		.where('mode', '=', owner.mode)
		.executeTakeFirstOrThrow();
	const rows = await paymentRows(db.read)
		.where('t.application_id', 'in', ids)
		.where('t.mode', '=', owner.mode)
		.orderBy('t.id', 'desc')
		.limit(perPage)
		.offset((page - 1) * perPage)
		.execute();
	return { payments: rows.map(paymentOf), total: Number(total) };
}
