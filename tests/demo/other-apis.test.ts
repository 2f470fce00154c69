import { expect, it } from 'vitest';
import { returnAddress as returnOfCharge } from '$lib/server/api-charges/return-address';
import { returnAddress as returnOfCheckout } from '$lib/server/api-checkout/return-address';
import { signChargeWebhook } from '$lib/server/api-charges/signature';
import { signCheckoutWebhook } from '$lib/server/api-checkout/signature';
import type { DemoKeys } from '$lib/server/demo/demo-file';
import { findOrder, type Sent } from '$lib/server/demo/orders';
import { prepareDemo } from '$lib/server/demo/prepare-demo';
import { readReturn } from '$lib/server/demo/read-return';
import { receiveWebhook } from '$lib/server/demo/receive-webhook';
import { newReference, sendOrder } from '$lib/server/demo/send-order';
import { findApplication } from '$lib/server/merchants/find-application';
import type { OutgoingRequest } from '$lib/server/outgoing/guarded-fetch';
import { readPaymentOfSession } from '$lib/server/payments/read-payment';
import { findSession } from '$lib/server/sessions/find-session';
import { openSession } from '$lib/server/sessions/open-session';
import { describeOnEachEngine, type TestContext } from '../databases';
import { applicationIds } from './in-step';

/** What a Cashdesk answers at each address, and what the shop makes of it. */
const answers: Record<string, { status: number; body: string }> = {
	'/v1/auth/token': { status: 200, body: '{"access_token":"cda_test_secret","expires_in":3300}' },
	'/v1/charges': { status: 201, body: '{"id":"chg_1","transaction_url":"http://x/pay/t"}' },
	'/oauth/token': { status: 200, body: '{"access_token":"cda_test_secret","expires_in":3600}' },
	'/api/payment/checkout': { status: 200, body: '{"data":{"checkoutUrl":"http://x/c","id":"p-1"}}' }
};

const chargeToken: Sent = {
	path: '/v1/auth/token',
	body: { client_id: 'c', client_secret: '•' },
	pass: 'charges_client'
};
const charge: Sent = { path: '/v1/charges', body: { amount: 2500 }, pass: 'access_token' };
const oauthToken: Sent = {
	path: '/oauth/token',
	body: { client_id: 'c', client_secret: '•' },
	pass: 'oauth_client'
};
const checkout: Sent = { path: '/api/payment/checkout', body: {}, pass: 'client_token' };

describeOnEachEngine('the demo shop in the other APIs', (open) => {
	async function openShop(told = answers) {
		const asked: { path: string; request: OutgoingRequest }[] = [];
		const context = await open({
			fetch: async (url, request) => {
				const path = new URL(url).pathname;
				asked.push({ path, request });
				const answer = told[path] ?? { status: 404, body: '' };
				return { ...answer, headers: {}, truncated: false };
			}
		});
		const keys = await prepareDemo(context);
		if (!keys) throw new Error('There is no demo');
		return { context, keys, asked };
	}

	async function order(context: TestContext, call: Sent, tokenCall: Sent | null = null) {
		const reference = newReference(context);
		await sendOrder(context, { reference, query: '', tokenCall, call, kept: call });
		return reference;
	}

	it('fetches a token with the client’s secret, charges with it, and keeps neither', async () => {
		const { context, keys, asked } = await openShop();
		const reference = await order(context, charge, chargeToken);
		const [token, charged] = asked;
		expect(asked.map(({ path }) => path)).toEqual(['/v1/auth/token', '/v1/charges']);
		expect(JSON.parse(String(token?.request.body))).toEqual({
			client_id: 'c',
			client_secret: keys.charges.client_secret
		});
		expect(token?.request.headers).toEqual({ 'content-type': 'application/json' });
		expect(charged?.request.headers).toMatchObject({ authorization: 'Bearer cda_test_secret' });
		const kept = findOrder(context, reference);
		expect(kept?.exchange).toMatchObject({
			status: 201,
			said: { id: 'chg_1', url: 'http://x/pay/t' }
		});
		expect(kept?.access?.exchange.answer).toContain('cda_test_•••');
		expect(JSON.stringify(kept)).not.toContain('cda_test_secret');
		expect(JSON.stringify(kept)).not.toContain(keys.charges.client_secret);
	});

	it('opens a checkout by its client token, or by a token of the merchant’s client', async () => {
		const { context, keys, asked } = await openShop();
		const reference = await order(context, checkout);
		expect(asked[0]?.request.headers).toMatchObject({
			authorization: `Bearer ${keys.checkout.client_token}`
		});
		expect(findOrder(context, reference)).toMatchObject({
			access: null,
			exchange: { said: { id: 'p-1', url: 'http://x/c' } }
		});
		await order(context, { ...checkout, pass: 'access_token' }, oauthToken);
		expect(JSON.parse(String(asked[1]?.request.body))).toMatchObject({
			client_secret: keys.checkout.oauth_client_secret
		});
		expect(asked[2]?.request.headers).toMatchObject({ authorization: 'Bearer cda_test_secret' });
	});

	it('sends no order where it gets no token, and shows why', async () => {
		const refusal = { status: 429, body: '{"error":{"code":"rate_limited"}}' };
		const { context, asked } = await openShop({ ...answers, '/v1/auth/token': refusal });
		const reference = await order(context, charge, chargeToken);
		expect(asked.map(({ path }) => path)).toEqual(['/v1/auth/token']);
		expect(findOrder(context, reference)).toMatchObject({
			access: { exchange: { status: 429, answer: refusal.body } },
			exchange: { status: null, answer: 'Not sent: no access token' }
		});
	});

	/** A webhook as the API signs it. */
	function messageOf(
		context: TestContext,
		api: 'charges' | 'checkout',
		reference: string,
		webhookSecret: string
	) {
		const isCharge = api === 'charges';
		const body = JSON.stringify(
			isCharge
				? { id: 'chg_1', status: 'CAPTURED', reference }
				: { event: 'payment.confirmed', data: { id: 'p-1', reference } }
		);
		const timestampSeconds = Math.floor(context.clock.now() / 1000);
		const secrets = { webhookSecret, signaturePassword: null };
		const message = { id: 'm-1', timestampSeconds, body, secrets };
		const headers = isCharge ? signChargeWebhook(message) : signCheckoutWebhook(message);
		return { headers: new Headers(headers), body: Buffer.from(body) };
	}

	it.each(['charges', 'checkout'] as const)(
		'lays a webhook of %s to its order, and refuses what is signed otherwise',
		async (api) => {
			const { context, keys } = await openShop();
			const reference = await order(context, checkout);
			const other = api === 'charges' ? 'checkout' : 'charges';
			const secret = keys[api].webhook_secret;
			const { headers, body } = messageOf(context, api, reference, secret);
			const changed = Buffer.from(body.toString().replace('1', '2'));
			expect(await receiveWebhook(context, headers, changed, api)).toBe(
				'webhook-signature is wrong'
			);
			expect(await receiveWebhook(context, headers, body, other)).toBeDefined();
			expect(await receiveWebhook(context, headers, body)).toBeDefined();
			expect(findOrder(context, reference)?.webhooks).toEqual([]);
			expect(await receiveWebhook(context, headers, body, api)).toBeUndefined();
			expect(findOrder(context, reference)?.webhooks).toMatchObject([
				{ number: 1, id: 'm-1', body: body.toString() }
			]);
		}
	);

	it('wants both signatures of a checkout', async () => {
		const { context, keys } = await openShop();
		const secret = keys.checkout.webhook_secret;
		const { headers, body } = messageOf(context, 'checkout', 'order-1', secret);
		headers.set('x-signature', String(headers.get('x-signature')).replace(/.$/, 'g'));
		expect(await receiveWebhook(context, headers, body, 'checkout')).toBe('x-signature is wrong');
		headers.delete('x-signature');
		expect(await receiveWebhook(context, headers, body, 'checkout')).toBe('x-signature is wrong');
	});

	it.each(['charges', 'checkout'] as const)(
		'believes the return address that %s wrote, and no other',
		async (api) => {
			const told = { ...answers };
			const { context } = await openShop(told);
			const address = await addressAfterPayment(context, api);
			const idName = api === 'charges' ? 'charge_id' : 'id';
			const id = address.searchParams.get(idName);
			told['/api/payment/checkout'] = { status: 200, body: JSON.stringify({ id }) };
			const reference = await order(context, checkout);
			const status = api === 'charges' ? 'INITIATED' : 'PENDING';
			const genuine = { api, reference, status, isGenuine: true, values: { [idName]: id, status } };
			expect(await readReturn(context, address)).toMatchObject(genuine);
			for (const name of [idName, 'status', 'signature']) {
				const changed = new URL(address);
				changed.searchParams.set(name, `${address.searchParams.get(name)}0`);
				const read = await readReturn(context, changed);
				// Whoever guesses an id sees no order by it.
				expect(read).toMatchObject({ isGenuine: false, reference: null });
				changed.searchParams.delete(name);
				expect(await readReturn(context, changed)).toBeNull();
			}
		}
	);
});

/** Where the core leads the payer of a fresh session of one of the shop's applications. */
async function addressAfterPayment(
	context: TestContext,
	api: keyof typeof applicationIds & keyof DemoKeys
): Promise<URL> {
	const application = await findApplication(context, applicationIds[api]);
	if (!application) throw new Error('There is no such application');
	const { id, token } = await openSession(context, application, {
		mode: 'test',
		intent: 'deposit',
		amount: 2500,
		currency: 'EUR',
		amountEditable: false,
		lowestAmount: null,
		highestAmount: null,
		presetAmounts: null,
		payerReference: null,
		reference: 'order-1',
		customer: null,
		payerIp: null,
		description: null,
		returnAddresses: { return: 'http://localhost:3000/demo/return' },
		webhookUrl: null,
		locale: null,
		theme: 'auto',
		methods: null,
		expiresIn: 3600
	});
	const session = await findSession(context, token);
	const payment = await readPaymentOfSession(context, id);
	const lead = api === 'charges' ? returnOfCharge : returnOfCheckout;
	const address = session && (await lead(context, session, payment));
	if (!address) throw new Error('The payer is led nowhere');
	return new URL(address);
}
