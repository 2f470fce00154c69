import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { answers } from '$lib/server/api-checkout/answers';
import { cancelPayment } from '$lib/server/payments/cancel-payment';
import { readPayment } from '$lib/server/payments/read-payment';
import { creditTransfer } from '$lib/server/simulator/transfers';
import { answerWallet } from '$lib/server/simulator/wallet';
import { openReceiver } from '../webhooks/receiver';
import {
	addCheckoutApplication,
	dataOf,
	describeCheckout,
	orderOf,
	type TestApplication
} from './stage';

type Webhook = z.infer<typeof answers.webhook>;
type Told = Webhook['event'];

const secrets = [
	'a secret that is plain text, ключ',
	`whsec_${Buffer.alloc(32, 9).toString('base64')}`
];

describeCheckout('webhooks', (stage) => {
	/** An application that hears at a receiver of its own, and a payment of it. */
	async function openHeard(flags: { allowUnderpay?: boolean; allowOverpay?: boolean } = {}) {
		const receiver = await openReceiver();
		const [webhookSecret] = secrets;
		const application = await addCheckoutApplication(stage.context, stage.merchant.merchantId, {
			webhookUrl: receiver.url,
			webhookSecret,
			...flags
		});
		const { id } = await stage.open(orderOf({ application }), application.token);
		const bodies = () =>
			receiver.received.map(({ body }) => answers.webhook.parse(JSON.parse(String(body))));
		/** The newest of what was told so far, once this was among it. */
		const hear = async (event: Told): Promise<Webhook> => {
			const names = () => bodies().map((body) => body.event);
			await expect.poll(names, { timeout: 25_000 }).toContain(event);
			const heard = bodies().findLast((body) => body.event === event);
			if (!heard) throw new Error('Nothing was heard');
			return heard;
		};
		return { id, application, receiver, bodies, hear };
	}

	/** Begins a way to pay and gives the id of its attempt. */
	async function begin(id: string, { token }: TestApplication, method: string): Promise<string> {
		const path = `/api/payment/${id}/provider/simulator/method/${method}`;
		dataOf('instructions', await stage.call({ path, token }));
		const { id: attemptId } = await stage.context.db.read
			.selectFrom('attempts')
			.select('id')
			.where('transaction_id', '=', id)
			.executeTakeFirstOrThrow();
		return attemptId;
	}

	test.each(secrets)('are signed over their bytes with the secret %s', async (webhookSecret) => {
		const { context, merchant } = stage;
		const receiver = await openReceiver();
		const application = await addCheckoutApplication(context, merchant.merchantId, {
			webhookUrl: receiver.url,
			webhookSecret
		});
		const { id } = await stage.open(orderOf({ application }), application.token);
		await expire(id);
		await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(1);
		const [message] = receiver.received;
		if (!message) throw new Error('Nothing was received');
		const { headers, body } = message;
		expect(headers['content-type']).toBe('application/json');
		expect(headers['x-signature']).toBe(
			createHmac('sha256', webhookSecret).update(body).digest('hex')
		);
		const key = webhookSecret.startsWith('whsec_')
			? Buffer.from(webhookSecret.slice('whsec_'.length), 'base64')
			: Buffer.from(webhookSecret);
		const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${String(body)}`;
		expect(headers['webhook-signature']).toBe(
			`v1,${createHmac('sha256', key).update(signed).digest('base64')}`
		);
		const age = Date.now() / 1000 - Number(headers['webhook-timestamp']);
		expect(Math.abs(age)).toBeLessThan(60);
	});

	test('tell of an exact transfer what reading it tells', async () => {
		const { id, application, hear, bodies } = await openHeard();
		await creditTransfer(stage.context, await begin(id, application, 'bank_transfer'), 10_000);
		const { data } = await hear('payment.confirmed');
		expect(data).toMatchObject({ status: 'CONFIRMED', receivedAmount: 10_000, amount: 10_000 });
		expect(data).toEqual(await stage.read(id));
		expect(bodies()).toHaveLength(1);
	});

	test('tell of a short transfer, as it was then, and of the rest', async () => {
		const { id, application, hear, bodies } = await openHeard();
		const attemptId = await begin(id, application, 'bank_transfer');
		await creditTransfer(stage.context, attemptId, 4_000);
		const short = await hear('payment.underpaid');
		expect(short.data).toMatchObject({ status: 'UNDERPAID', receivedAmount: 4_000 });
		await creditTransfer(stage.context, attemptId, 6_000);
		const whole = await hear('payment.confirmed');
		expect(whole.data).toMatchObject({ status: 'CONFIRMED', receivedAmount: 10_000 });
		expect(bodies()).toEqual([short, whole]);
	});

	test('tell of a short transfer that counts, once its time is up', async () => {
		const { id, application, hear } = await openHeard({ allowUnderpay: true });
		const attemptId = await begin(id, application, 'bank_transfer');
		await creditTransfer(stage.context, attemptId, 4_000);
		await hear('payment.underpaid');
		await endPatience(attemptId);
		const { data } = await hear('payment.confirmed');
		expect(data).toMatchObject({ status: 'CONFIRMED', receivedAmount: 4_000, amount: 10_000 });
		expect(data).toEqual(await stage.read(id));
	});

	test('tell of a short transfer that does not count, once its time is up', async () => {
		const { id, application, hear } = await openHeard();
		const attemptId = await begin(id, application, 'bank_transfer');
		await creditTransfer(stage.context, attemptId, 4_000);
		await hear('payment.underpaid');
		await endPatience(attemptId);
		await expect
			.poll(async () => (await stage.read(id)).status, { timeout: 20_000 })
			.toBe('PENDING');
		await expire(id);
		const { data } = await hear('payment.expired');
		expect(data).toMatchObject({ status: 'EXPIRED' });
		expect(data).toEqual(await stage.read(id));
	});

	test.each([true, false])('tell of a transfer of too much (allowed: %s)', async (allowOverpay) => {
		const { id, application, hear, bodies } = await openHeard({ allowOverpay });
		await creditTransfer(stage.context, await begin(id, application, 'bank_transfer'), 12_000);
		const { data } = await hear('payment.overpaid');
		expect(data).toMatchObject({ status: 'OVERPAID', receivedAmount: 12_000, amount: 10_000 });
		expect(data).toEqual(await stage.read(id));
		await expect.poll(() => countWaiting(id), { timeout: 20_000 }).toBe(0);
		expect(bodies().map(({ event }) => event)).toEqual(['payment.overpaid']);
	});

	test.each([true, false])('tell of more that comes later (allowed: %s)', async (allowOverpay) => {
		const { id, application, hear, bodies } = await openHeard({ allowOverpay });
		const attemptId = await begin(id, application, 'bank_transfer');
		await creditTransfer(stage.context, attemptId, 10_000);
		await hear('payment.confirmed');
		await creditTransfer(stage.context, attemptId, 500);
		const { data } = await hear('payment.overpaid');
		expect(data).toMatchObject({ status: 'OVERPAID', receivedAmount: 10_500 });
		expect(data).toEqual(await stage.read(id));
		expect(bodies()).toHaveLength(2);
	});

	test('tell of a payment that is attested, and once it is final', async () => {
		const { id, application, hear, bodies } = await openHeard();
		const attemptId = await begin(id, application, 'wallet');
		await answerWallet(stage.context, attemptId, 'attest');
		const attested = await hear('payment.received');
		expect(attested.data).toMatchObject({ status: 'RECEIVED', receivedAmount: 10_000 });
		expect(attested.data).toEqual(await stage.read(id));
		await decideNow(attemptId);
		const { data } = await hear('payment.confirmed');
		expect(data).toEqual({ ...attested.data, status: 'CONFIRMED' });
		expect(data).toEqual(await stage.read(id));
		expect(bodies()).toHaveLength(2);
	});

	test('tell of an attested payment that was taken back', async () => {
		const { id, application, hear } = await openHeard();
		const attemptId = await begin(id, application, 'wallet');
		await answerWallet(stage.context, attemptId, 'reverse');
		await hear('payment.received');
		await decideNow(attemptId);
		const { data } = await hear('payment.failed');
		expect(data).toMatchObject({ status: 'FAILED', receivedAmount: 0 });
		expect(data).toEqual(await stage.read(id));
	});

	test('tell of a payment that was canceled or has expired', async () => {
		const canceled = await openHeard();
		const payment = await readPayment(stage.context.db.read, canceled.id);
		if (payment) await cancelPayment(stage.context, payment);
		expect((await canceled.hear('payment.cancelled')).data.status).toBe('CANCELLED');
		const late = await openHeard();
		await expire(late.id);
		expect((await late.hear('payment.expired')).data.status).toBe('EXPIRED');
		expect([...canceled.bodies(), ...late.bodies()]).toHaveLength(2);
	});

	test('are sent for payments of an application that was deleted', async () => {
		const { id, application, hear } = await openHeard();
		const path = `/api/payment-applications/${application.id}`;
		const { accessToken: token } = stage.merchant;
		dataOf('application', await stage.call({ method: 'DELETE', path, token }));
		await expire(id);
		expect((await hear('payment.expired')).data.clientId).toBe(application.clientId);
	});

	/** The checkout's time is up: the worker ends it. */
	const expire = (id: string) =>
		stage.context.db.inTransaction((tx) =>
			tx
				.updateTable('transactions')
				.set({ expires_at: Date.now() - 1 })
				.where('id', '=', id)
				.execute()
		);

	/** Deliveries that nobody has looked at yet. */
	const countWaiting = async (id: string) =>
		(
			await stage.context.db.read
				.selectFrom('webhook_deliveries')
				.select('id')
				.where('transaction_id', '=', id)
				.where('state', '=', 'waiting')
				.execute()
		).length;

	/** The payer's time for a transfer is up, and the worker asks at once. */
	const endPatience = (attemptId: string) =>
		stage.context.db.inTransaction((tx) =>
			tx
				.updateTable('attempts')
				.set({ pay_until: Date.now() - 1, ask_at: Date.now() - 1 })
				.where('id', '=', attemptId)
				.execute()
		);

	/** What the make-believe acquirer would decide later, it decides now. */
	const decideNow = (attemptId: string) =>
		stage.context.db.inTransaction((tx) =>
			tx
				.updateTable('simulator_payments')
				.set({ decides_at: Date.now() - 1 })
				.where('attempt_id', '=', attemptId)
				.execute()
		);
});
