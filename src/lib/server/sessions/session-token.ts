import { keyFor, type Context } from '$lib/server/context';
import { hmacBase64url } from '$lib/server/secrets/hmac';

/**
 * A session's token: derived from its id and version, so that it can be shown again and never lies
 * in the database. 43 characters of base64url.
 */
export function sessionToken(
	context: Context,
	{ id, version }: { id: string; version: number }
): string {
	return hmacBase64url(keyFor(context, 'session-token'), `${id}.${version}`);
}
