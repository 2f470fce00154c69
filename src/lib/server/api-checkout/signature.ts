import { Webhook } from 'standardwebhooks';
import { signingKey } from '$lib/server/merchants/webhook-secrets';
import { hmacHex } from '$lib/server/secrets/hmac';
import type { MessageToSign } from '$lib/server/webhooks/voice';

/**
 * The headers of a webhook: `x-signature`, hex HMAC-SHA256 of the body with the secret as the
 * merchant wrote it, and beside it those of Standard Webhooks, which cover the id and the time as
 * well. apis/checkout.md, *Webhook*.
 */
export function signCheckoutWebhook(message: MessageToSign): Record<string, string> {
	const { id, timestampSeconds, body, secrets } = message;
	const { webhookSecret } = secrets;
	const signer = new Webhook(signingKey(webhookSecret), { format: 'raw' });
	return {
		'x-signature': hmacHex(webhookSecret, body),
		'webhook-id': id,
		'webhook-timestamp': String(timestampSeconds),
		'webhook-signature': signer.sign(id, new Date(timestampSeconds * 1_000), body)
	};
}
