import type { Context } from '$lib/server/context';
import { unseal } from '$lib/server/merchants/seal';
import {
	isInstrumentId,
	leastExpiry,
	shownColumns,
	tokenPlace,
	type KeptInstrument,
	type Owner
} from './instrument';

/** A saved card that can be used. */
export interface Instrument extends KeptInstrument {
	/** Encrypted; see openToken. */
	tokenSealed: string;
}

/** A payer's saved card; undefined for another payer's, and for one that was removed or expired. */
export async function findInstrument(
	context: Context,
	{ merchantId, mode, payerReference }: Owner,
	id: string
): Promise<Instrument | undefined> {
	if (!isInstrumentId(id)) return undefined;
	return context.db.read
		.selectFrom('instruments')
		.select(shownColumns)
		.select('token_sealed as tokenSealed')
		.where('id', '=', id)
		.where('merchant_id', '=', merchantId)
		.where('mode', '=', mode)
		.where('payer_reference', '=', payerReference)
		.where('removed_at', 'is', null)
		.where('expiry', '>=', leastExpiry(context.clock.now()))
		.executeTakeFirst();
}

/** The provider's token, good at the instrument's account only. Never shown, logged or stored. */
export function openToken(context: Context, { id, tokenSealed }: Instrument): string {
	return unseal(context, tokenPlace(id), tokenSealed);
}
