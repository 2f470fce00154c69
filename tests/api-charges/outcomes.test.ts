import { createHmac, randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { chargeAnswer, type Charge } from '$lib/server/api-charges/answers';
import { findForm, findLink, submit, visit } from '../faults/payer';
import { openReceiver } from '../webhooks/receiver';
import { expectRefusal } from './expect-refusal';
import { describeCharges, someCharge, type ChargesStage, type Reply } from './stage';

const GOOD = '4242424242424242';
const POOR = '4000000000009995';
const CHALLENGED = '4000000000003220';

describeCharges('how a charge ends', (stage) => {
	const read = async (id: string): Promise<Charge> =>
		chargeAnswer.parse((await stage.call({ path: `/v1/charges/${id}` })).json);

	const cancel = (id: string, body?: unknown): Promise<Reply> =>
		stage.call({ path: `/v1/charges/${id}/cancel`, method: 'POST', body });

	test('CAPTURED: the webhook, the charge and the way back say it', async () => {
		const receiver = await openReceiver();
		const charge = await stage.create({
			...someCharge(),
			amount: 2050,
			currency: 'USD',
			post_url: receiver.url,
			customer: { name: 'Amal Saleh', email: 'amal@example.com' },
			metadata: { basket: '77' }
		});
		await pay(charge, GOOD);
		const [message] = await vi.waitFor(() => {
			expect(receiver.received).toHaveLength(1);
			return receiver.received;
		}, 10_000);
		const body = message?.body.toString('utf8') ?? '';
		const paid = { ...charge, status: 'CAPTURED' };
		expect(body).toBe(JSON.stringify(paid));
		expect(await read(charge.id)).toEqual(paid);
		expectSigned(stage, message?.headers ?? {}, body);
		await expectWayBack(stage, charge, 'CAPTURED');
	});

	test('FAILED by the merchant: the webhook says why', async () => {
		const receiver = await openReceiver();
		const charge = await stage.create({ ...someCharge(), post_url: receiver.url });
		const canceled = await cancel(charge.id);
		expect(canceled.status, canceled.text).toBe(200);
		const failed = chargeAnswer.parse(canceled.json);
		expect(failed).toEqual({
			...charge,
			status: 'FAILED',
			failure_code: 'canceled_by_merchant',
			failure_message: expect.stringMatching(/\w/)
		});
		await vi.waitFor(() => expect(receiver.received).toHaveLength(1), 10_000);
		expect(receiver.received[0]?.body.toString('utf8')).toBe(canceled.text);
		expectSigned(stage, receiver.received[0]?.headers ?? {}, canceled.text);
		await expectWayBack(stage, charge, 'FAILED');
	});

	test('a declined try leaves it INITIATED and sends nothing; a later one pays it', async () => {
		const receiver = await openReceiver();
		const charge = await stage.create({ ...someCharge(), post_url: receiver.url });
		await pay(charge, POOR);
		expect(await read(charge.id)).toEqual(charge);
		await pay(charge, GOOD);
		await vi.waitFor(() => expect(receiver.received).toHaveLength(1), 10_000);
		expect(JSON.parse(String(receiver.received[0]?.body))).toEqual({
			...charge,
			status: 'CAPTURED'
		});
	});

	test('FAILED once the session’s time is up', async () => {
		const receiver = await openReceiver();
		const order = { ...someCharge(), post_url: receiver.url };
		const charge = await stage.create(order);
		await stage.context.db.inTransaction((tx) =>
			tx
				.updateTable('transactions')
				.set({ expires_at: Date.now() })
				.where('reference', '=', order.reference)
				.execute()
		);
		await vi.waitFor(() => expect(receiver.received).toHaveLength(1), 20_000);
		const body = JSON.parse(String(receiver.received[0]?.body)) as Charge;
		expect(body).toEqual({
			...charge,
			status: 'FAILED',
			failure_code: 'expired',
			failure_message: expect.stringMatching(/\w/)
		});
		expect(await read(charge.id)).toEqual(body);
		expectRefusal(await cancel(charge.id), 409, 'not_cancelable');
	});

	test('a cancel may be said again, with an empty object or none', async () => {
		const { id } = await stage.create();
		const first = await cancel(id, {});
		expect(first.status, first.text).toBe(200);
		expect((await cancel(id)).text).toBe(first.text);
		expect((await cancel(id, {})).text).toBe(first.text);
		expectRefusal(await cancel(id, { reason: 'x' }), 422, 'invalid', 'reason');
		expectRefusal(await cancel(id, '[]'), 422, 'invalid', 'body');
	});

	test('a charge that is paid, or with a provider, cannot be canceled', async () => {
		const paid = await stage.create();
		await pay(paid, GOOD);
		expectRefusal(await cancel(paid.id), 409, 'not_cancelable');
		expect((await read(paid.id)).status).toBe('CAPTURED');
		const challenged = await stage.create();
		await pay(challenged, CHALLENGED);
		expectRefusal(await cancel(challenged.id), 409, 'not_cancelable');
		expect((await read(challenged.id)).status).toBe('INITIATED');
	});

	test('a declined try does not keep it from being canceled', async () => {
		const charge = await stage.create();
		await pay(charge, POOR);
		expect((await cancel(charge.id)).json).toMatchObject({
			status: 'FAILED',
			failure_code: 'canceled_by_merchant'
		});
	});

	test('one that the payer gave up is not the merchant’s to cancel', async () => {
		const charge = await stage.create();
		const action = `${charge.transaction_url}/cancel`;
		await submit({ url: charge.transaction_url }, { action, hidden: {} });
		expect(await read(charge.id)).toMatchObject({
			status: 'FAILED',
			failure_code: 'canceled_by_payer'
		});
		expectRefusal(await cancel(charge.id), 409, 'not_cancelable');
	});
});

describeCharges('a cancel against a payment', (stage) => {
	test('a hundred times: one of the two, never both', { timeout: 120_000 }, async () => {
		const outcomes = { paid: 0, canceled: 0 };
		for (let round = 0; round < 100; round++) {
			const charge = await stage.create({ ...someCharge(), reference: randomUUID() });
			const page = await visit(`${charge.transaction_url}?method=card`);
			const own = `/v1/charges/${charge.id}`;
			// A few other calls come before it, so that it meets the payment in each of its steps.
			const cancelAfter = async (calls: number) => {
				for (let call = 0; call < calls; call++) await stage.call({ path: own });
				return stage.call({ path: `${own}/cancel`, method: 'POST' });
			};
			const [reply] = await Promise.all([cancelAfter(round % 10), payOn(page, GOOD)]);
			const { json } = await stage.call({ path: own });
			const charges = await movedFor(stage, charge);
			if (reply.status === 200) {
				outcomes.canceled++;
				expect([json.status, charges]).toEqual(['FAILED', 0]);
			} else {
				outcomes.paid++;
				expectRefusal(reply, 409, 'not_cancelable');
				expect([json.status, charges]).toEqual(['CAPTURED', 1]);
			}
		}
		expect(outcomes.paid + outcomes.canceled).toBe(100);
		expect(Math.min(outcomes.paid, outcomes.canceled), JSON.stringify(outcomes)).toBeGreaterThan(0);
	});
});

async function pay({ transaction_url }: Charge, number: string): Promise<void> {
	await payOn(await visit(`${transaction_url}?method=card`), number);
}

async function payOn(page: Awaited<ReturnType<typeof visit>>, number: string): Promise<void> {
	const form = findForm(page, { id: 'card-form' });
	if (!form) throw new Error(`No form on the page: ${page.status}`);
	await submit(page, form, { number, expiry: '12/34', code: '123', name: 'A. Payer' });
}

/** How often the acquirer moved money for a charge. */
async function movedFor({ context }: ChargesStage, { reference }: Charge): Promise<number> {
	const rows = await context.db.read
		.selectFrom('simulator_payments as s')
		.innerJoin('attempts as a', 'a.id', 's.attempt_id')
		.innerJoin('transactions as t', 't.id', 'a.transaction_id')
		.select('s.charges')
		.where('t.reference', '=', reference)
		.execute();
	return rows.reduce((sum, { charges }) => sum + charges, 0);
}

/** As Standard Webhooks says, with nothing but an HMAC. */
function expectSigned(
	{ merchant }: ChargesStage,
	headers: Record<string, string | string[] | undefined>,
	body: string
): void {
	const key = Buffer.from(merchant.webhookSecret.replace(/^whsec_/, ''), 'base64');
	const { 'webhook-id': id, 'webhook-timestamp': at } = headers;
	const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
	expect(headers['webhook-signature']).toBe(`v1,${signature}`);
	expect(Math.abs(Date.now() / 1000 - Number(at))).toBeLessThan(30);
	expect(headers['content-type']).toBe('application/json');
	expect(headers).not.toHaveProperty('x-signature');
}

/** The page's link leads to `redirect_url` with its own query, and with what was signed. */
async function expectWayBack(
	{ merchant }: ChargesStage,
	{ id, transaction_url }: Charge,
	status: string
): Promise<void> {
	const link = await vi.waitFor(async () => {
		const found = findLink(await visit(transaction_url), /^https:\/\/shop\.example\/thanks\?/);
		expect(found).toBeDefined();
		return new URL(found ?? '');
	}, 10_000);
	const key = Buffer.from(merchant.webhookSecret.replace(/^whsec_/, ''), 'base64');
	const signature = createHmac('sha256', key).update(`${id}.${status}`).digest('hex');
	expect(Object.fromEntries(link.searchParams)).toEqual({
		basket: '7',
		charge_id: id,
		status,
		signature
	});
}
