import type { Context } from '$lib/server/context';
import type { Mode } from '$lib/server/db/schema';
import { withMoved, type ListedPayment } from './moved-amounts';
import { paymentOf, paymentRows } from './read-payment';

const PAGE = 200;

/**
 * An application's payments that were opened in a range of time (milliseconds, `until` excluded),
 * newest first, read in keyset pages: nothing is held between two pages. A session whose payer has
 * not chosen an amount has no payment to list yet.
 */
export async function* listPayments(
	{ db }: Context,
	owner: { applicationId: string; mode: Mode },
	range: { from: number; until: number }
): AsyncGenerator<ListedPayment[]> {
	// Ids are UUID version 7: they begin with their moment, so the range is one of ids.
	const first = idPrefix(range.from);
	let before = idPrefix(range.until);
	for (;;) {
		const rows = await paymentRows(db.read)
			.where('t.application_id', '=', owner.applicationId)
			.where('t.mode', '=', owner.mode)
			.where('t.id', '>=', first)
			.where('t.id', '<', before)
			.where('t.amount', 'is not', null)
			.orderBy('t.id', 'desc')
			.limit(PAGE)
			.execute();
		const last = rows.at(-1);
		if (!last) return;
		before = last.id;
		yield await withMoved(db.read, rows.map(paymentOf));
		if (rows.length < PAGE) return;
	}
}

function idPrefix(moment: number): string {
	const hex = moment.toString(16).padStart(12, '0');
	return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
