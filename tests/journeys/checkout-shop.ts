import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { deriveKey } from '../../src/lib/server/secrets/derive-key.ts';
import type { App } from '../app.ts';
import { callJson } from './call-json.ts';
import type { ReceivedWebhook, Shop } from './shop.ts';

interface Payment {
	id: string;
	status: string;
	reference: string;
	amount: number;
	receivedAmount: number;
}

interface Checkout {
	id: string;
	reference: string;
	/** The signed link that the payer opens. */
	url: string;
}

/** The shop as a customer of the Checkout API, with an application of its own. */
interface CheckoutShop {
	/** €10.05, back to `/thanks`; what is given here wins. */
	checkout(fields?: object): Promise<Checkout>;
	/** A link of a payment whose time is up. */
	expiredLink(id: string): string;
	read(id: string): Promise<Payment>;
	/** Expects an address back at the shop that tells how a payment stands under its signature. */
	expectSignedReturn(url: string, outcome: { id: string; status: string }): void;
	/** The events that came for a payment so far, verified, in their order. */
	eventsOf(reference: string): { event: string; data: Payment }[];
}

interface Keys {
	oauth_client_id: string;
	oauth_client_secret: string;
}

const secret = 'what the shop signs with and tells nobody';

export async function openCheckoutShop(
	{ origin, dataDir }: App,
	shop: Shop,
	allows: { allowUnderpay?: boolean; allowOverpay?: boolean; callbackUrl?: string } = {}
): Promise<CheckoutShop> {
	const { checkout: keys } = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as {
		checkout: Keys;
	};
	const { access_token: merchant } = (await callJson(`${origin}/oauth/token`, {
		body: {
			grant_type: 'client_credentials',
			client_id: keys.oauth_client_id,
			client_secret: keys.oauth_client_secret
		}
	})) as { access_token: string };
	const applications = `${origin}/api/payment-applications`;
	const body = {
		name: 'Shop',
		url: shop.origin,
		callbackUrl: `${shop.origin}/webhook`,
		secret,
		...allows
	};
	const { data: application } = (await callJson(applications, { token: merchant, body })) as {
		data: { id: string; clientId: string };
	};
	const scopes = ['payments.create', 'payments.get'];
	const { data: client } = (await callJson(`${applications}/${application.id}/tokens`, {
		token: merchant,
		body: { label: 'Shop server', scopes }
	})) as { data: { token: string } };

	return {
		async checkout(fields = {}) {
			const reference = randomUUID();
			const order = {
				amount: 1005,
				currencyCode: 'EUR',
				reference,
				referenceLabel: 'Two paperbacks',
				clientId: application.clientId,
				redirectUrl: `${shop.origin}/thanks?shelf=3`,
				...fields
			};
			const call = { token: client.token, body: order };
			const { data } = (await callJson(`${origin}/api/payment/checkout`, call)) as {
				data: { id: string; checkoutUrl: string };
			};
			return { id: data.id, reference, url: data.checkoutUrl };
		},
		expiredLink(id) {
			const expires = '1';
			const master = Buffer.from(readFileSync(join(dataDir, 'secret'), 'utf8'), 'base64');
			const key = deriveKey(master, 'checkout-link');
			const signature = createHmac('sha256', key).update(`${id}.${expires}`).digest('hex');
			return `${origin}/checkout/${id}?${new URLSearchParams({ expires, signature })}`;
		},
		async read(id) {
			const answer = await callJson(`${origin}/api/payment/${id}`, { token: client.token });
			return (answer as { data: Payment }).data;
		},
		expectSignedReturn(url, outcome) {
			const signed = `${outcome.id}.${outcome.status}`;
			expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
				// What the shop had in its own address is still there.
				shelf: '3',
				...outcome,
				signature: createHmac('sha256', secret).update(signed).digest('hex')
			});
		},
		eventsOf: (reference) => shop.webhooksOf(reference).map(verified)
	};
}

function verified({ headers, body }: ReceivedWebhook): { event: string; data: Payment } {
	expect(headers['x-signature']).toBe(createHmac('sha256', secret).update(body).digest('hex'));
	return JSON.parse(body) as { event: string; data: Payment };
}
