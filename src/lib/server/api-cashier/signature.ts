import { hash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { MessageToSign } from '$lib/server/webhooks/voice';

/**
 * The headers of a webhook: `x-signature`, which is the seed's contract, and beside it those of
 * Standard Webhooks, which cover the id and the time and so protect against replay as well.
 * apis/cashier.md, *Webhook*.
 * @throws Error, a defect, for an application that has no signature password
 */
export function signCashierWebhook(message: MessageToSign): Record<string, string> {
	const { id, timestampSeconds, body, secrets } = message;
	if (secrets.signaturePassword === null) {
		throw new Error('An application of the Cashier API has no signature password');
	}
	const signer = new Webhook(secrets.webhookSecret);
	return {
		'x-signature': seedSignature(body, secrets.signaturePassword),
		'webhook-id': id,
		'webhook-timestamp': String(timestampSeconds),
		'webhook-signature': signer.sign(id, new Date(timestampSeconds * 1_000), body)
	};
}

/** Upper-case hex SHA-1 of the body's bytes followed by the password: weak, but the contract. */
function seedSignature(body: string, password: string): string {
	return hash('sha1', body + password, 'hex').toUpperCase();
}
