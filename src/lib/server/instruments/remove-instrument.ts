import type { Context } from '$lib/server/context';
import { isInstrumentId, type Owner } from './instrument';

/**
 * Removes a payer's saved card and wipes its token, which no backup made later holds. False where
 * the payer has no such card (any more); an expired one can be removed too.
 */
export async function removeInstrument(
	context: Context,
	{ merchantId, mode, payerReference }: Owner,
	id: string
): Promise<boolean> {
	if (!isInstrumentId(id)) return false;
	const { numUpdatedRows } = await context.db.inTransaction((tx) =>
		tx
			.updateTable('instruments')
			.set({ removed_at: context.clock.now(), token_sealed: '' })
			.where('id', '=', id)
			.where('merchant_id', '=', merchantId)
			.where('mode', '=', mode)
			.where('payer_reference', '=', payerReference)
			.where('removed_at', 'is', null)
			.executeTakeFirst()
	);
	return numUpdatedRows > 0n;
}
