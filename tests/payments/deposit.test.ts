import { beforeAll, expect, test } from 'vitest';
import { applyOutcome } from '../../src/lib/server/payments/apply-outcome';
import { askUndecided } from '../../src/lib/server/payments/ask-undecided';
import { cancelPayment } from '../../src/lib/server/payments/cancel-payment';
import { MAX_TRIES } from '../../src/lib/server/payments/payment';
import { processNotifications } from '../../src/lib/server/payments/process-notifications';
import { expireSessions } from '../../src/lib/server/sessions/expire-sessions';
import { openSession } from '../../src/lib/server/sessions/open-session';
import { sendSimulatorMessages } from '../../src/lib/server/simulator/send-messages';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from './open-shop';

const APPROVED = '4242 4242 4242 4242';
const DECLINED = '4000 0000 0000 0002';
const CHALLENGE = '4000 0000 0000 3220';
const HANG_CHARGED = '4000 0000 0000 5019';
const HANG_LOST = '4000 0000 0000 5027';
const GARBAGE = '4000 0000 0000 5035';

const HOUR = 3_600_000;

describeOnEachEngine('a deposit by card', (open) => {
	let shop: Shop;
	beforeAll(async () => {
		shop = await openShop(open);
	});

	test('approved: one charge, one event, one webhook', async () => {
		const payment = await shop.open();
		expect(await shop.pay(payment, APPROVED)).toBe('sent');
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', tries: 1 });
		expect(await shop.acquirer(payment)).toEqual([{ state: 'succeeded', charges: 1, requests: 1 }]);
		expect(await shop.events(payment)).toEqual(['created', 'try_sent', 'succeeded']);
		const deliveries = await deliveriesOf(shop, payment.transactionId);
		expect(deliveries).toHaveLength(1);
	});

	test('declined: the payer may try again, and no webhook is sent', async () => {
		const payment = await shop.open();
		await shop.pay(payment, DECLINED);
		const declined = await shop.read(payment);
		expect(declined).toMatchObject({ state: 'created', reason: 'declined', tries: 1 });
		expect(await deliveriesOf(shop, payment.transactionId)).toEqual([]);
		await shop.pay(declined, APPROVED);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', reason: null });
	});

	test('declined for good after the last try', async () => {
		const payment = await shop.open();
		for (let tried = 0; tried < MAX_TRIES; tried++) {
			expect(await shop.pay(await shop.read(payment), DECLINED)).toBe('sent');
		}
		expect(await shop.read(payment)).toMatchObject({ state: 'declined', tries: MAX_TRIES });
		expect(await shop.pay(await shop.read(payment), APPROVED)).toBe('stale');
		expect(await deliveriesOf(shop, payment.transactionId)).toHaveLength(1);
	});

	test('200 submissions of one form at once: one attempt at the acquirer', async () => {
		const payment = await shop.open();
		const results = await Promise.all(
			Array.from({ length: 200 }, () => shop.pay(payment, APPROVED))
		);
		expect(results.filter((result) => result === 'sent')).toHaveLength(1);
		expect(await shop.acquirer(payment)).toEqual([{ state: 'succeeded', charges: 1, requests: 1 }]);
	});

	test('a form that was shown before another try charges nothing', async () => {
		const payment = await shop.open();
		await shop.pay(payment, DECLINED);
		expect(await shop.pay(payment, APPROVED)).toBe('stale');
		expect(await shop.acquirer(payment)).toEqual([{ state: 'declined', charges: 0, requests: 1 }]);
	});

	test.each([
		['a time-out that was charged', HANG_CHARGED],
		['a reply that cannot be read', GARBAGE]
	])('%s is pending until the acquirer tells', async (_name, card) => {
		const payment = await shop.open();
		await shop.pay(payment, card);
		expect(await shop.read(payment)).toMatchObject({ state: 'pending' });
		expect(await shop.pay(await shop.read(payment), APPROVED)).toBe('stale');
		await settle(shop);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
		expect(await shop.acquirer(payment)).toMatchObject([{ charges: 1 }]);
		expect(await shop.events(payment)).toEqual(['created', 'try_sent', 'pending', 'succeeded']);
	});

	test('a time-out that never arrived is called off, then the payer may try again', async () => {
		const payment = await shop.open();
		await shop.pay(payment, HANG_LOST);
		expect(await shop.read(payment)).toMatchObject({ state: 'pending' });
		await settle(shop);
		const back = await shop.read(payment);
		expect(back).toMatchObject({ state: 'created', reason: 'provider_unavailable' });
		expect(await shop.acquirer(payment)).toMatchObject([{ state: 'canceled', charges: 0 }]);
		await shop.pay(back, APPROVED);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
	});

	test('money for an attempt that is over is booked once, whatever came after', async () => {
		const payment = await shop.open();
		await shop.pay(payment, DECLINED);
		const first = (await shop.read(payment)).attempt;
		await shop.pay(await shop.read(payment), APPROVED);
		const money = { amount: 1005, currency: 'EUR' };
		const late = { kind: 'succeeded', providerReference: 'late', amount: money } as const;
		const attemptId = first?.id ?? '';
		await Promise.all([1, 2, 3].map(() => applyOutcome(shop.context, attemptId, late)));
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', tries: 2 });
		expect((await shop.events(payment)).at(-1)).toBe('money_unapplied');
		const booked = await shop.context.db.read
			.selectFrom('unapplied_money')
			.select(['attempt_id', 'amount', 'currency'])
			.where('transaction_id', '=', payment.transactionId)
			.execute();
		expect(booked).toEqual([{ attempt_id: attemptId, ...money }]);
		expect(await deliveriesOf(shop, payment.transactionId)).toHaveLength(2);
	});

	test('a card number in the words of a provider is not kept', async () => {
		const payment = await shop.open();
		await shop.pay(payment, HANG_CHARGED);
		const attemptId = (await shop.read(payment)).attempt?.id ?? '';
		await applyOutcome(shop.context, attemptId, {
			kind: 'declined',
			providerReference: null,
			reason: 'declined',
			message: 'card 4242424242424242 is not permitted\0'
		});
		const { reasonMessage } = await shop.read(payment);
		expect(reasonMessage).toContain('is not permitted');
		expect(reasonMessage).not.toContain('4242424242424242');
	});

	test('silence never fails a payment, however long it lasts', async () => {
		const payment = await shop.open();
		await shop.pay(payment, HANG_CHARGED);
		shop.line.cut = 'before';
		for (let hours = 0; hours < 48; hours++) {
			shop.context.clock.advance(HOUR);
			await askUndecided(shop.context);
			await expireSessions(shop.context);
		}
		expect(await shop.read(payment)).toMatchObject({ state: 'pending' });
		shop.line.cut = 'none';
		shop.context.clock.advance(HOUR);
		await askUndecided(shop.context);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
	});

	test('a notification settles what the reply did not tell, once', async () => {
		const payment = await shop.open();
		shop.line.cut = 'after';
		await shop.pay(payment, APPROVED);
		shop.line.cut = 'none';
		expect(await shop.read(payment)).toMatchObject({ state: 'pending' });
		shop.context.clock.advance(5000);
		await sendSimulatorMessages(shop.context);
		await processNotifications(shop.context);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
		const before = await shop.events(payment);
		await processNotifications(shop.context);
		expect(await shop.events(payment)).toEqual(before);
	});

	test('a challenge that nobody answers is called off after ten minutes', async () => {
		const payment = await shop.open();
		await shop.pay(payment, CHALLENGE);
		const challenged = await shop.read(payment);
		expect(challenged).toMatchObject({ state: 'action_required' });
		expect(challenged.attempt?.action).toMatchObject({
			type: 'challenge',
			url: expect.stringContaining('/simulator/challenge/') as string
		});
		shop.context.clock.advance(60_000);
		await askUndecided(shop.context);
		expect(await shop.read(payment)).toMatchObject({ state: 'action_required' });
		shop.context.clock.advance(10 * 60_000);
		await askUndecided(shop.context);
		expect(await shop.read(payment)).toMatchObject({
			state: 'created',
			reason: 'authentication_timeout'
		});
	});

	test('the end of a challenge is not slept through, however often was asked', async () => {
		const payment = await shop.open();
		await shop.pay(payment, CHALLENGE);
		const { clock } = shop.context;
		const startedAt = clock.now();
		while ((await shop.read(payment)).state === 'action_required') {
			clock.advance(1000);
			await askUndecided(shop.context);
		}
		expect(clock.now() - startedAt).toBeLessThanOrEqual(601_000);
	});

	test('the payer cancels during a challenge: the acquirer is asked first', async () => {
		const payment = await shop.open();
		await shop.pay(payment, CHALLENGE);
		expect(await cancelPayment(shop.context, await shop.read(payment))).toBe('canceled');
		expect(await shop.read(payment)).toMatchObject({ state: 'canceled' });
		expect(await shop.acquirer(payment)).toMatchObject([{ state: 'canceled', charges: 0 }]);
	});

	test('of ten cancels at once one is it, and the others say so', async () => {
		const payment = await shop.open();
		const results = await Promise.all(
			Array.from({ length: 10 }, () => cancelPayment(shop.context, payment))
		);
		expect(results).toContain('canceled');
		expect(await shop.read(payment)).toMatchObject({ state: 'canceled', version: 2 });
		expect(await shop.events(payment)).toEqual(['created', 'canceled']);
	});

	test('what is undecided cannot be canceled', async () => {
		const payment = await shop.open();
		await shop.pay(payment, HANG_CHARGED);
		expect(await cancelPayment(shop.context, await shop.read(payment))).toBe('not_now');
		expect(await shop.read(payment)).toMatchObject({ state: 'pending' });
	});

	test('a session ends, but not under an open attempt', async () => {
		const idle = await shop.open({ expiresIn: 300 });
		const busy = await shop.open({ expiresIn: 300 });
		await shop.pay(busy, HANG_CHARGED);
		shop.line.cut = 'before';
		shop.context.clock.advance(301_000);
		await expireSessions(shop.context);
		expect(await shop.read(idle)).toMatchObject({ state: 'expired' });
		expect(await shop.read(busy)).toMatchObject({ state: 'pending' });
		shop.line.cut = 'none';
		expect(await shop.pay(idle, APPROVED)).toBe('stale');
	});

	test('no try begins once time is up, even before the worker came by', async () => {
		const payment = await shop.open({ expiresIn: 300 });
		shop.context.clock.advance(300_000);
		expect(await shop.pay(payment, APPROVED)).toBe('stale');
		expect(await shop.acquirer(payment)).toEqual([]);
	});

	test('a reference is taken while its order is open or paid, and free once it failed', async () => {
		const order = { reference: 'order-1' };
		const first = await shop.open(order);
		expect((await shop.open(order)).sessionId).toBe(first.sessionId);
		await expect(shop.open({ ...order, amount: 999 })).rejects.toMatchObject({
			code: 'reference_reused'
		});
		await cancelPayment(shop.context, first);
		const second = await shop.open({ ...order, amount: 999 });
		expect(second.sessionId).not.toBe(first.sessionId);
	});

	test('100 equal orders at once open one session', async () => {
		const { context, application } = shop;
		const base = await shop.open();
		const order = { ...orderOf(base), reference: 'order-100' };
		const opened = await Promise.all(
			Array.from({ length: 100 }, () => openSession(context, application, order))
		);
		expect(new Set(opened.map(({ token }) => token)).size).toBe(1);
	});
});

async function settle({ context }: Shop) {
	context.clock.advance(20_000);
	await askUndecided(context);
}

function deliveriesOf({ context }: Shop, transactionId: string) {
	return context.db.read
		.selectFrom('webhook_deliveries')
		.select('state')
		.where('transaction_id', '=', transactionId)
		.execute();
}

function orderOf({ amount, currency }: { amount: number | null; currency: string }) {
	return {
		mode: 'test',
		intent: 'deposit',
		amount,
		currency,
		amountEditable: false,
		lowestAmount: null,
		highestAmount: null,
		presetAmounts: null,
		payerReference: null,
		customer: null,
		payerIp: null,
		description: null,
		returnAddresses: {},
		webhookUrl: null,
		locale: null,
		theme: 'auto',
		methods: null,
		expiresIn: 3600
	} as const;
}
