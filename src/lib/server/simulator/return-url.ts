import { keyFor, type Context } from '$lib/server/context';
import { decrypt, encrypt } from '$lib/server/secrets/encrypt';

/**
 * Where a bank sends the payer back holds the session's token, which must not lie in a database:
 * the acquirer keeps it encrypted under the attempt it belongs to.
 */
export function sealReturnUrl(context: Context, attemptId: string, url: string): string {
	return encrypt(keyring(context), url, place(attemptId));
}

export function openReturnUrl(context: Context, attemptId: string, sealed: string): string {
	return decrypt(keyring(context), sealed, place(attemptId));
}

function keyring(context: Context) {
	return { current: 's1', keys: new Map([['s1', keyFor(context, 'simulator-at-rest')]]) };
}

function place(attemptId: string): string {
	return `simulator_payments:${attemptId}:return_url`;
}
