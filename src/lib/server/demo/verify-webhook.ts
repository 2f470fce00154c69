import { createHash, createHmac } from 'node:crypto';
import { sameSecret } from '$lib/server/secrets/same-secret';

/** What a merchant checks a webhook with. */
export interface WebhookKeys {
	/** `whsec_` and base64. */
	webhook_secret: string;
	signature_password: string;
}

/** A message that is older or newer by more is refused: it may have been caught and sent again. */
const TOLERANCE_SECONDS = 5 * 60;

/** What is wrong with a webhook, or undefined when both of its signatures are right. */
export function faultOfWebhook(
	headers: Headers,
	body: Uint8Array,
	keys: WebhookKeys,
	nowMs: number
): string | undefined {
	const id = headers.get('webhook-id') ?? '';
	const timestamp = headers.get('webhook-timestamp') ?? '';
	const ageSeconds = Math.abs(nowMs / 1000 - Number(timestamp));
	if (!id || !/^\d{1,12}$/.test(timestamp)) return 'The webhook headers are missing';

	const signed = createHmac('sha256', Buffer.from(keys.webhook_secret.slice(6), 'base64'))
		.update(`${id}.${timestamp}.`)
		.update(body)
		.digest('base64');
	// There may be several while a secret is being changed.
	const signatures = (headers.get('webhook-signature') ?? '').split(' ');
	if (!signatures.some((signature) => sameSecret(signature, `v1,${signed}`))) {
		return 'webhook-signature is wrong';
	}
	if (ageSeconds > TOLERANCE_SECONDS) return 'The message is too old';

	const digest = createHash('sha1').update(body).update(keys.signature_password).digest('hex');
	const matches = sameSecret(headers.get('x-signature') ?? '', digest.toUpperCase());
	return matches ? undefined : 'x-signature is wrong';
}
