import { keyFor, type Context } from '$lib/server/context';
import { hmacHex } from '$lib/server/secrets/hmac';
import { sameSecret } from '$lib/server/secrets/same-secret';

/** What an address of a checkout says: whose it is and until when it leads there. */
interface CheckoutLink {
	/** The payment's. */
	id: string;
	/** Seconds since 1970, as they are written. */
	expires: string;
}

export interface SignedLink extends CheckoutLink {
	signature: string;
}

/** Hex HMAC-SHA256 over id and end, so that neither can be changed (apis/checkout.md). */
export function signLink(context: Context, { id, expires }: CheckoutLink): string {
	return hmacHex(keyFor(context, 'checkout-link'), `${id}.${expires}`);
}

/**
 * Whether a link leads to its payment at a moment, in milliseconds since 1970. Only one that we
 * signed is told to be expired.
 */
export function checkLink(
	context: Context,
	link: SignedLink,
	now: number
): 'valid' | 'expired' | 'invalid' {
	if (!sameSecret(signLink(context, link), link.signature)) return 'invalid';
	return now < Number(link.expires) * 1000 ? 'valid' : 'expired';
}
