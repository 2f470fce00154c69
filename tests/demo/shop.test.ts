import { expect, it } from 'vitest';
import { returnAddress } from '$lib/server/api-cashier/return-address';
import { signCashierWebhook } from '$lib/server/api-cashier/signature';
import { decideOrder } from '$lib/server/demo/decide-order';
import { findOrder } from '$lib/server/demo/orders';
import { prepareDemo } from '$lib/server/demo/prepare-demo';
import type { DemoKeys } from '$lib/server/demo/demo-file';
import { readReturn } from '$lib/server/demo/read-return';
import { receiveWebhook } from '$lib/server/demo/receive-webhook';
import { newReference, sendOrder } from '$lib/server/demo/send-order';
import type { OutgoingRequest } from '$lib/server/outgoing/guarded-fetch';
import { findSession } from '$lib/server/sessions/find-session';
import { openSession } from '$lib/server/sessions/open-session';
import { findKeyHolder } from '$lib/server/merchants/api-keys';
import { readPaymentOfSession } from '$lib/server/payments/read-payment';
import { describeOnEachEngine, type TestContext } from '../databases';

describeOnEachEngine('the demo shop', (open) => {
	/** A shop whose Cashdesk answers as given, and what that one was asked. */
	async function openShop(answer = { status: 200, body: '{"token":"token-1"}' }) {
		const asked: { url: string; request: OutgoingRequest }[] = [];
		const context = await open({
			fetch: async (url, request) => {
				asked.push({ url, request });
				return { ...answer, headers: {}, truncated: false };
			}
		});
		const keys = await prepareDemo(context);
		if (!keys) throw new Error('There is no demo');
		return { context, keys, asked };
	}

	async function order(context: TestContext): Promise<string> {
		const reference = newReference(context);
		const call = { path: '/api/v1/cashier', body: { request: {} } };
		await sendOrder(context, { reference, query: 'amount=25.00', call, kept: call });
		return reference;
	}

	function hear(context: TestContext, { cashier }: DemoKeys, reference: string, id: string) {
		const body = JSON.stringify({
			transaction_id: 'transaction-1',
			tracking_id: reference,
			status: 'successful'
		});
		const headers = signCashierWebhook({
			id,
			timestampSeconds: Math.floor(context.clock.now() / 1000),
			body,
			secrets: {
				webhookSecret: cashier.webhook_secret,
				signaturePassword: cashier.signature_password
			}
		});
		return receiveWebhook(context, new Headers(headers), Buffer.from(body));
	}

	it('asks for a session over HTTP with its key, and keeps the answer', async () => {
		const { context, keys, asked } = await openShop();
		const reference = await order(context);
		expect(asked).toMatchObject([
			{
				url: `${context.config.selfOrigin}/api/v1/cashier`,
				request: { method: 'POST', headers: { 'x-api-key': keys.cashier.api_key } }
			}
		]);
		expect(findOrder(context, reference)?.exchange).toMatchObject({
			status: 200,
			said: { token: 'token-1' }
		});
	});

	it('keeps a refusal as it came', async () => {
		const refusal = { status: 422, body: '{"error":"faulty"}' };
		const { context } = await openShop(refusal);
		const reference = await order(context);
		expect(findOrder(context, reference)?.exchange).toMatchObject({
			status: 422,
			answer: refusal.body,
			said: {}
		});
	});

	it('remembers of a call what it may keep', async () => {
		const { context, asked } = await openShop();
		const reference = newReference(context);
		const call = { path: '/api/v1/s2s', body: { card_details: { card_number: '4242' } } };
		const kept = { path: '/api/v1/s2s', body: {} };
		await sendOrder(context, { reference, query: '', call, kept });
		expect(asked[0]?.request.body).toContain('4242');
		expect(JSON.stringify(findOrder(context, reference))).not.toContain('4242');
	});

	it('decides by its own id, and by the transaction’s once a webhook has told it', async () => {
		const { context, keys, asked } = await openShop({ status: 409, body: '{}' });
		const reference = await order(context);
		const approve = (transactionId: string) => ({
			path: '/api/v1/withdrawal/approve',
			body: { transaction_id: transactionId }
		});
		expect(await decideOrder(context, reference, approve)).toBe(true);
		await hear(context, keys, reference, 'm-1');
		expect(await decideOrder(context, reference, approve)).toBe(true);
		const bodies = asked.slice(1).map(({ request }) => request.body);
		expect(bodies).toEqual([
			JSON.stringify({ transaction_id: reference }),
			JSON.stringify({ transaction_id: 'transaction-1' })
		]);
		expect(findOrder(context, reference)?.decisions).toMatchObject([
			{ call: { body: { transaction_id: 'transaction-1' } }, exchange: { status: 409 } },
			{ call: { body: { transaction_id: reference } } }
		]);
		expect(await decideOrder(context, 'unknown', approve)).toBe(false);
	});

	it('lays each webhook to its order, the newest first and each once', async () => {
		const { context, keys } = await openShop();
		const [mine, other] = [await order(context), await order(context)];
		for (const id of ['m-1', 'm-2', 'm-1']) {
			expect(await hear(context, keys, mine, id)).toBeUndefined();
		}
		expect(findOrder(context, mine)?.webhooks.map(({ id }) => id)).toEqual(['m-2', 'm-1']);
		expect(findOrder(context, other)?.webhooks).toEqual([]);
	});

	it('refuses a webhook under another secret and keeps nothing of it', async () => {
		const { context, keys } = await openShop();
		const reference = await order(context);
		const cashier = { ...keys.cashier, webhook_secret: `whsec_${'A'.repeat(43)}=` };
		const fault = await hear(context, { ...keys, cashier }, reference, 'm-1');
		expect(fault).toBe('webhook-signature is wrong');
		expect(findOrder(context, reference)?.webhooks).toEqual([]);
	});

	it('is bounded: old orders and old webhooks go', async () => {
		const { context, keys } = await openShop();
		const first = await order(context);
		for (let count = 1; count < 500; count++) await order(context);
		expect(findOrder(context, first)).toBeDefined();
		const last = await order(context);
		expect(findOrder(context, first)).toBeUndefined();
		for (let count = 1; count <= 25; count++) await hear(context, keys, last, `m-${count}`);
		const webhooks = findOrder(context, last)?.webhooks ?? [];
		expect(webhooks).toHaveLength(20);
		expect(webhooks[0]).toMatchObject({ id: 'm-25', number: 25 });
	});

	it('believes the address that Cashdesk wrote, and no other', async () => {
		const { context, keys } = await openShop();
		const address = new URL(await addressAfterPayment(context, keys));
		expect(await readReturn(context, address)).toMatchObject({
			reference: 'order-1',
			status: 'pending',
			isGenuine: true
		});
		for (const name of ['transaction_id', 'tracking_id', 'status', 'signature']) {
			const changed = new URL(address);
			changed.searchParams.set(name, `${address.searchParams.get(name)}0`);
			expect(await readReturn(context, changed)).toMatchObject({ isGenuine: false });
			changed.searchParams.delete(name);
			expect(await readReturn(context, changed)).toBeNull();
		}
	});
});

/** Where the core leads the payer of a fresh session of the shop. */
async function addressAfterPayment(context: TestContext, { cashier }: DemoKeys): Promise<string> {
	const holder = await findKeyHolder(context, cashier.api_key);
	if (!holder) throw new Error('The key opens nothing');
	const { id, token } = await openSession(context, holder.application, {
		mode: 'test',
		intent: 'deposit',
		amount: 2500,
		currency: 'EUR',
		amountEditable: false,
		lowestAmount: null,
		highestAmount: null,
		presetAmounts: null,
		payerReference: 'reader-1',
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
	const address = session && (await returnAddress(context, session, payment));
	if (!address) throw new Error('The payer is led nowhere');
	return address;
}
