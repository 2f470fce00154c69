import { createHash, createHmac } from 'node:crypto';
import { hmacHex } from '$lib/server/secrets/hmac';
import { sameSecret } from '$lib/server/secrets/same-secret';

/** What a merchant checks a webhook of the Cashier API with. */
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
	const fault = faultOfMessage(headers, body, bytesOf(keys.webhook_secret), nowMs);
	if (fault !== undefined) return fault;
	const digest = createHash('sha1').update(body).update(keys.signature_password).digest('hex');
	const matches = sameSecret(headers.get('x-signature') ?? '', digest.toUpperCase());
	return matches ? undefined : 'x-signature is wrong';
}

/** What is wrong with a webhook of the Charges API: it has the one signature. */
export function faultOfChargeWebhook(
	headers: Headers,
	body: Uint8Array,
	{ webhook_secret }: { webhook_secret: string },
	nowMs: number
): string | undefined {
	return faultOfMessage(headers, body, bytesOf(webhook_secret), nowMs);
}

/** What is wrong with a webhook of the Checkout API. Its secret is a text, and the key for both. */
export function faultOfCheckoutWebhook(
	headers: Headers,
	body: Uint8Array,
	{ webhook_secret }: { webhook_secret: string },
	nowMs: number
): string | undefined {
	const fault = faultOfMessage(headers, body, Buffer.from(webhook_secret), nowMs);
	if (fault !== undefined) return fault;
	const matches = sameSecret(headers.get('x-signature') ?? '', hmacHex(webhook_secret, body));
	return matches ? undefined : 'x-signature is wrong';
}

/** Those of Standard Webhooks, which all three have. */
function faultOfMessage(
	headers: Headers,
	body: Uint8Array,
	key: Uint8Array,
	nowMs: number
): string | undefined {
	const id = headers.get('webhook-id') ?? '';
	const timestamp = headers.get('webhook-timestamp') ?? '';
	const ageSeconds = Math.abs(nowMs / 1000 - Number(timestamp));
	if (!id || !/^\d{1,12}$/.test(timestamp)) return 'The webhook headers are missing';

	const signed = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
	const expected = `v1,${signed.digest('base64')}`;
	// There may be several while a secret is being changed.
	const signatures = (headers.get('webhook-signature') ?? '').split(' ');
	if (!signatures.some((signature) => sameSecret(signature, expected))) {
		return 'webhook-signature is wrong';
	}
	return ageSeconds > TOLERANCE_SECONDS ? 'The message is too old' : undefined;
}

/** The key in a secret of the form `whsec_` and base64. */
function bytesOf(webhookSecret: string): Buffer {
	return Buffer.from(webhookSecret.slice('whsec_'.length), 'base64');
}
