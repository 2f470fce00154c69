import type { Context } from '$lib/server/context';
import type { Reader } from '$lib/server/db/database';
import type { Mode } from '$lib/server/db/schema';
import { withMoved, type ListedPayment, type ShownPayment } from './moved-amounts';
import type { State } from './states';

/** What comes first is little, so that it comes soon. */
const FIRST_PAGE = 20;
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
	for (let size = FIRST_PAGE; ; size = PAGE) {
		const rows = await shownRows(db.read)
			.where('t.application_id', '=', owner.applicationId)
			.where('t.mode', '=', owner.mode)
			.where('t.id', '>=', first)
			.where('t.id', '<', before)
			.where('t.amount', 'is not', null)
			.orderBy('t.id', 'desc')
			.limit(size)
			.execute();
		const last = rows.at(-1);
		if (!last) return;
		before = last.id;
		yield await withMoved(db.read, rows.map(shownPaymentOf));
		if (rows.length < size) return;
		// SQLite answers without waiting: a list that is taken as fast as it is read lets others in.
		await new Promise((resolve) => setImmediate(resolve));
	}
}

function shownRows(reader: Reader) {
	return reader
		.selectFrom('transactions as t')
		.leftJoin('attempts as a', (join) =>
			join.onRef('a.transaction_id', '=', 't.id').onRef('a.number', '=', 't.tries')
		)
		.select([
			't.id',
			't.intent',
			't.state',
			't.amount',
			't.currency',
			't.payer_reference',
			't.tries',
			't.created_at',
			'a.id as a_id',
			'a.provider as a_provider',
			'a.provider_reference as a_provider_reference',
			'a.amount as a_amount',
			'a.currency as a_currency',
			'a.fx_fee as a_fx_fee'
		]);
}

type Row = Awaited<ReturnType<ReturnType<typeof shownRows>['execute']>>[number];

function shownPaymentOf(row: Row): ShownPayment {
	return {
		transactionId: row.id,
		intent: row.intent,
		state: row.state as State,
		amount: row.amount,
		currency: row.currency,
		payerReference: row.payer_reference,
		tries: row.tries,
		createdAt: row.created_at,
		attempt: row.a_id === null ? null : shownAttemptOf(row.a_id, row)
	};
}

function shownAttemptOf(id: string, row: Row): ShownPayment['attempt'] {
	return {
		id,
		provider: row.a_provider ?? '',
		providerReference: row.a_provider_reference,
		amount: row.a_amount ?? 0,
		currency: row.a_currency ?? '',
		fxFee: row.a_fx_fee ?? 0
	};
}

function idPrefix(moment: number): string {
	const hex = moment.toString(16).padStart(12, '0');
	return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
