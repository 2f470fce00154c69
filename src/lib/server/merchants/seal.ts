import { keyFor, type Context } from '$lib/server/context';
import { decrypt, encrypt, type Keyring } from '$lib/server/secrets/encrypt';

/**
 * Secrets that must be used again (webhook secrets, providers' credentials, stored answers) are
 * encrypted at rest. `place` says which column of which row, so that a text moved elsewhere does
 * not open.
 */
export function seal(context: Context, place: string, text: string): string {
	return encrypt(keyring(context), text, place);
}

export function unseal(context: Context, place: string, sealed: string): string {
	return decrypt(keyring(context), sealed, place);
}

function keyring(context: Context): Keyring {
	return { current: 'k1', keys: new Map([['k1', keyFor(context, 'at-rest')]]) };
}
