import { keyFor, type Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import { seal } from '$lib/server/merchants/seal';
import { hmacHex } from '$lib/server/secrets/hmac';
import { tokenPlace, type Owner } from './instrument';

interface KeptCard extends Owner {
	accountId: number;
	/** The provider's own name for the card. */
	token: string;
	brand: string | null;
	last4: string;
	/** `YYYY-MM`. */
	expiry: string;
	/** When the payer agreed, milliseconds since 1970. */
	agreedAt: number;
}

/**
 * Keeps a payer's card for later, with the payer's consent, which the caller sees to. The same card
 * at the same account, told by brand, last four and expiry, is kept once: it takes the new token,
 * and comes back where it was removed before the payer agreed to this.
 */
export async function keepInstrument(context: Context, tx: Tx, card: KeptCard): Promise<void> {
	const id = idOf(context, card);
	const now = context.clock.now();
	const fresh = {
		token_sealed: seal(context, tokenPlace(id), card.token),
		last_used_at: now,
		removed_at: null
	};
	await tx
		.insertInto('instruments')
		.values({
			id,
			merchant_id: card.merchantId,
			mode: card.mode,
			payer_reference: card.payerReference,
			provider_account_id: card.accountId,
			brand: card.brand,
			last4: card.last4,
			expiry: card.expiry,
			created_at: now,
			...fresh
		})
		.onConflict((conflict) =>
			conflict
				.column('id')
				.doUpdateSet(fresh)
				.where((eb) =>
					eb.or([
						eb('instruments.removed_at', 'is', null),
						eb('instruments.removed_at', '<=', card.agreedAt)
					])
				)
		)
		.execute();
}

/**
 * The id is made of what tells the card from others, so that the primary key refuses a second row
 * under any concurrency: UUID version 8 (RFC 9562). Keyed, so that it tells nobody what it is made of.
 */
function idOf(context: Context, card: KeptCard): string {
	const { merchantId, mode, payerReference, accountId, brand, last4, expiry } = card;
	const facts = [merchantId, mode, payerReference, accountId, brand, last4, expiry];
	const hex = hmacHex(keyFor(context, 'instrument-id'), JSON.stringify(facts));
	const variant = (parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8;
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`8${hex.slice(13, 16)}`,
		`${variant.toString(16)}${hex.slice(17, 20)}`,
		hex.slice(20, 32)
	].join('-');
}
