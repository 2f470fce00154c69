import { keyFor, type Context } from '$lib/server/context';
import { hmacBase64url } from '$lib/server/secrets/hmac';

/**
 * What a payer's form carries so that it can be sent once: a keyed hash of the transaction and the
 * number of the try. The same in every tab, and nothing is written to show it.
 */
export function attemptKey(context: Context, transactionId: string, tryNumber: number): string {
	return hmacBase64url(keyFor(context, 'attempt-key'), `${transactionId}.${tryNumber}`);
}
