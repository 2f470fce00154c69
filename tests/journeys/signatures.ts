import { createHash, createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect } from '@playwright/test';
import type { ReceivedWebhook, Shop } from './shop.ts';

/** Expects an address back at the shop that tells an outcome under the shop's signature. */
export function expectSignedReturn(
	url: string,
	{ keys }: Shop,
	outcome: { transaction_id: string; tracking_id: string; status: string }
): void {
	const { searchParams } = new URL(url);
	// What the shop had in its own address is still there.
	expect(searchParams.get('shelf')).toBe('3');
	searchParams.delete('shelf');
	const signed = [outcome.transaction_id, outcome.tracking_id, outcome.status].join('.');
	expect(Object.fromEntries(searchParams)).toEqual({
		...outcome,
		signature: createHmac('sha256', secretBytes(keys.webhook_secret)).update(signed).digest('hex')
	});
}

/** Verifies a webhook as a shop without any library would, by the words of the two documents. */
export function expectSignedWebhook({ headers, body }: ReceivedWebhook, { keys }: Shop): void {
	const seed = createHash('sha1').update(body + keys.signature_password);
	expect(headers['x-signature']).toBe(seed.digest('hex').toUpperCase());

	const [id, timestamp] = [String(headers['webhook-id']), String(headers['webhook-timestamp'])];
	expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(300);
	const signature = createHmac('sha256', secretBytes(keys.webhook_secret))
		.update(`${id}.${timestamp}.${body}`)
		.digest('base64');
	expect(String(headers['webhook-signature']).split(' ')).toContain(`v1,${signature}`);
}

/** Verifies a webhook by the library of the Standard Webhooks project, and refuses a changed one. */
export function expectStandardWebhook({ headers, body }: ReceivedWebhook, { keys }: Shop): void {
	const verifier = new Webhook(keys.webhook_secret);
	const texts = Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name, String(value)])
	);
	expect(verifier.verify(body, texts)).toEqual(JSON.parse(body));
	expect(() => verifier.verify(body.replace('successful', 'rejected'), texts)).toThrow();
}

function secretBytes(secret: string): Buffer {
	return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}
