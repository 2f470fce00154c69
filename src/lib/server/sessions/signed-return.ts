import type { Context } from '$lib/server/context';
import { readWebhookSecrets, signingKey } from '$lib/server/merchants/webhook-secrets';
import { hmacHex } from '$lib/server/secrets/hmac';
import type { Session } from './session';

/**
 * An address of the merchant with the outcome and a signature added to the query that was there: hex
 * HMAC-SHA256 of the values in their order, joined by a dot, with the bytes of the application's
 * webhook secret (payer-pages.md, *Steps*).
 */
export async function signedReturn(
	context: Context,
	{ application, mode }: Pick<Session, 'application' | 'mode'>,
	address: string,
	values: Record<string, string>
): Promise<string> {
	const { webhookSecret } = await readWebhookSecrets(context, application.id, mode);
	const query = new URLSearchParams(values);
	const signature = hmacHex(signingKey(webhookSecret), [...query.values()].join('.'));
	query.set('signature', signature);
	const url = new URL(address);
	// What a merchant's address already says under these names would make two truths of one. All
	// else stays as it was written.
	for (const name of query.keys()) if (url.searchParams.has(name)) url.searchParams.delete(name);
	url.search += (url.search ? '&' : '?') + query.toString();
	return url.href;
}
