import type { Context } from '$lib/server/context';
import { keptQuery } from '$lib/server/db/kept-query';
import type { Mode } from '$lib/server/db/schema';
import { leastExpiry, shownColumns, type KeptInstrument, type Owner } from './instrument';

/** As many as a page can show. */
const MAX_LISTED = 20;

/** A payer's saved cards that are still good, the one used last first; at most 20. */
export async function listInstruments(
	context: Context,
	{ merchantId, mode, payerReference }: Owner
): Promise<KeptInstrument[]> {
	const least = leastExpiry(context.clock.now());
	return goodRows(context.db.read, merchantId, mode, payerReference, least);
}

const goodRows = keptQuery(
	(reader, merchantId: string, mode: Mode, payerReference: string, expiry: string) =>
		reader
			.selectFrom('instruments')
			.select(shownColumns)
			.where('merchant_id', '=', merchantId)
			.where('mode', '=', mode)
			.where('payer_reference', '=', payerReference)
			.where('removed_at', 'is', null)
			.where('expiry', '>=', expiry)
			.orderBy('last_used_at', 'desc')
			.orderBy('id')
			.limit(MAX_LISTED)
);
