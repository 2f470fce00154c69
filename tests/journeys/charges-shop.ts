import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { expect } from '@playwright/test';
import type { App } from '../app.ts';
import { callJson } from './call-json.ts';
import type { ReceivedWebhook, Shop } from './shop.ts';

interface Charge {
	id: string;
	status: string;
	amount: number;
	amount_decimal: string;
	transaction_url: string;
	reference: string;
	failure_code: string | null;
}

/** The shop as a customer of the Charges API. */
interface ChargesShop {
	/** 2,000 rials, back to `/thanks`; what is given here wins. */
	charge(fields?: object): Promise<Charge>;
	read(id: string): Promise<Charge>;
	cancel(id: string): Promise<Charge>;
	/** Expects an address back at the shop that tells how a charge ended under its signature. */
	expectSignedReturn(url: string, outcome: { charge_id: string; status: string }): void;
	/** Verifies a webhook and gives the charge that it tells of. */
	chargeOf(webhook: ReceivedWebhook | undefined): Charge;
}

export async function openChargesShop({ origin, dataDir }: App, shop: Shop): Promise<ChargesShop> {
	const { charges: keys } = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as {
		charges: { client_id: string; client_secret: string; webhook_secret: string };
	};
	const { client_id, client_secret, webhook_secret: secret } = keys;
	const { access_token: token } = (await callJson(`${origin}/v1/auth/token`, {
		body: { client_id, client_secret }
	})) as { access_token: string };

	return {
		async charge(fields = {}) {
			const body = {
				amount: 2000,
				currency: 'YER',
				description: 'Two paperbacks',
				redirect_url: `${shop.origin}/thanks?shelf=3`,
				post_url: `${shop.origin}/webhook`,
				reference: randomUUID(),
				...fields
			};
			return (await callJson(`${origin}/v1/charges`, { token, body })) as Charge;
		},
		read: async (id) => (await callJson(`${origin}/v1/charges/${id}`, { token })) as Charge,
		cancel: async (id) =>
			(await callJson(`${origin}/v1/charges/${id}/cancel`, { token, body: {} })) as Charge,
		expectSignedReturn(url, outcome) {
			const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
			const signed = `${outcome.charge_id}.${outcome.status}`;
			expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
				// What the shop had in its own address is still there.
				shelf: '3',
				...outcome,
				signature: createHmac('sha256', key).update(signed).digest('hex')
			});
		},
		chargeOf(webhook) {
			if (!webhook) throw new Error('There is no webhook');
			const headers = Object.entries(webhook.headers).map(([name, value]) => [name, String(value)]);
			return new Webhook(secret).verify(webhook.body, Object.fromEntries(headers)) as Charge;
		}
	};
}
