import { Webhook } from 'standardwebhooks';
import type { MessageToSign } from '$lib/server/webhooks/voice';

/** The headers of a webhook, as Standard Webhooks wants them. apis/charges.md, *Webhook*. */
export function signChargeWebhook(message: MessageToSign): Record<string, string> {
	const { id, timestampSeconds, body, secrets } = message;
	const signer = new Webhook(secrets.webhookSecret);
	return {
		'webhook-id': id,
		'webhook-timestamp': String(timestampSeconds),
		'webhook-signature': signer.sign(id, new Date(timestampSeconds * 1_000), body)
	};
}
