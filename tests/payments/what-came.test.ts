import { beforeAll, expect, test } from 'vitest';
import { callOffAttempt, cancelPayment } from '../../src/lib/server/payments/cancel-payment';
import { applyOutcome } from '../../src/lib/server/payments/apply-outcome';
import { askUndecided } from '../../src/lib/server/payments/ask-undecided';
import type { Payment } from '../../src/lib/server/payments/payment';
import { processNotifications } from '../../src/lib/server/payments/process-notifications';
import { refund } from '../../src/lib/server/payments/refund';
import { cancelPayment as callOffThere } from '../../src/lib/server/simulator/payments';
import { sendSimulatorMessages } from '../../src/lib/server/simulator/send-messages';
import { creditTransfer } from '../../src/lib/server/simulator/transfers';
import { describeOnEachEngine } from '../databases';
import { HOUR, openTransferShop, type TransferShop } from './transfer-shop';
import { setMerchant } from './withdraw';

const under = { under: true };
const over = { over: true };
const both = { under: true, over: true };

describeOnEachEngine('a transfer of less or more than was asked', (open) => {
	let shop: TransferShop;
	beforeAll(async () => {
		shop = await openTransferShop(open);
	});

	const give = ({ transactionId }: Payment, amount: number | null) =>
		refund(shop.context, { transactionId, amount, reference: null });

	/** The told events in a word each, with what each says had come in all. */
	async function story(payment: Payment) {
		const told = await shop.told(payment);
		return told.map(({ kind, snapshot }) => `${kind} ${snapshot.receivedAmount}`);
	}

	test('exact: the flags change nothing', async () => {
		const payment = await shop.await(both);
		expect(await shop.read(payment)).toMatchObject({ receivedAmount: 0 });
		await shop.credit(payment, 1005);
		expect(await shop.read(payment)).toMatchObject({
			state: 'succeeded',
			amount: 1005,
			receivedAmount: 1005,
			attempt: { amount: 1005, userAmount: 1005, ordered: null }
		});
		expect(await shop.moved()).toEqual({ payers: -1005, available: 1005 });
		expect(await story(payment)).toEqual(['succeeded 1005']);
	});

	test('short: it waits, and when time is up it is paid with what came', async () => {
		const payment = await shop.await(under);
		await shop.credit(payment, 400);
		expect(await shop.read(payment)).toMatchObject({
			state: 'action_required',
			receivedAmount: 400
		});
		expect(await shop.moved()).toEqual({ payers: -400, unapplied: 400 });
		await shop.timeUp();
		expect(await shop.read(payment)).toMatchObject({
			state: 'succeeded',
			amount: 1005,
			receivedAmount: 400,
			reason: null,
			attempt: { amount: 400, userAmount: 400, ordered: { amount: 1005, userAmount: 1005 } }
		});
		expect(await shop.moved()).toEqual({ payers: -400, available: 400 });
		expect(await shop.queue(payment)).toEqual([]);
		expect(await story(payment)).toEqual(['received 400', 'succeeded 400']);
		const [, succeeded] = await shop.told(payment);
		expect(succeeded?.snapshot).toMatchObject({
			amount: 1005,
			currency: 'EUR',
			state: 'succeeded'
		});
	});

	test('nothing came: it ends as it always did', async () => {
		const payment = await shop.await(both);
		await shop.timeUp();
		expect(await shop.read(payment)).toMatchObject({ state: 'expired', receivedAmount: 0 });
		expect(await shop.attempts(payment)).toMatchObject([{ reason: 'not_paid_in_time' }]);
		expect(await story(payment)).toEqual(['expired 0']);
	});

	test('short where it is not allowed: unpaid, and the events say what came', async () => {
		const payment = await shop.await(over);
		await shop.credit(payment, 400);
		await shop.timeUp();
		expect(await shop.read(payment)).toMatchObject({ state: 'expired', receivedAmount: 400 });
		expect(await shop.moved()).toEqual({ payers: -400, unapplied: 400 });
		expect(await story(payment)).toEqual(['received 400', 'money_unapplied 400', 'expired 400']);
		const [, unapplied] = await shop.told(payment);
		const money = { amount: 400, currency: 'EUR' };
		expect(unapplied?.snapshot).toMatchObject({ amount: 1005, unapplied: money });
	});

	test('the provider calls it off before: paid with what came', async () => {
		const payment = await shop.await(under);
		await shop.credit(payment, 400);
		await callOffThere(shop.context, payment.attempt?.id ?? '');
		await shop.work(HOUR);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', receivedAmount: 400 });
	});

	test('a provider that answers the end of time without the credits it told: they count', async () => {
		const payment = await shop.await(under);
		const receipts = [{ id: 'told', amount: { amount: 400, currency: 'EUR' } }];
		const received = { kind: 'received', providerReference: 'x', receipts } as const;
		await applyOutcome(shop.context, payment.attempt?.id ?? '', received);
		await shop.timeUp();
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', receivedAmount: 400 });
	});

	test('the payer gives it up: nobody paid, and what came is kept apart', async () => {
		const payment = await shop.await(both);
		await shop.credit(payment, 400);
		expect(await cancelPayment(shop.context, await shop.read(payment))).toBe('canceled');
		expect(await shop.read(payment)).toMatchObject({ state: 'canceled' });
		expect(await shop.queue(payment)).toEqual([{ amount: 400, way: 'queue', state: 'waiting' }]);
		expect(await shop.moved()).toEqual({ payers: -400, unapplied: 400 });
	});

	test('the payer takes another way: paid once, by that', async () => {
		const payment = await shop.await(both);
		await shop.credit(payment, 400);
		await callOffAttempt(shop.context, await shop.read(payment));
		const free = await shop.read(payment);
		expect(free).toMatchObject({ state: 'created', receivedAmount: 400 });
		expect(await shop.pay(free, '4242 4242 4242 4242')).toBe('sent');
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', receivedAmount: 1005 });
		expect(await shop.moved()).toEqual({ payers: -1405, available: 1005, unapplied: 400 });
		// More for the way that was left is nobody's.
		await shop.credit(payment, 900);
		expect(await shop.read(payment)).toMatchObject({ receivedAmount: 1005 });
		expect((await story(payment)).at(-1)).toBe('money_unapplied 1005');
		expect(await shop.moved()).toEqual({ payers: -2305, available: 1005, unapplied: 1300 });
	});

	test.each([
		['only less is', under, [{ amount: 605, way: 'queue', state: 'waiting' }], 400],
		['both are', both, [], 1005]
	] as const)('the rest comes late, where %s allowed', async (_, allowed, queued, credited) => {
		const payment = await shop.await(allowed);
		await shop.credit(payment, 400);
		await shop.timeUp();
		await shop.credit(payment, 605);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', receivedAmount: 1005 });
		expect(await shop.queue(payment)).toEqual(queued);
		expect(await shop.moved()).toMatchObject({ payers: -1005, available: credited });
		const kind = credited === 400 ? 'money_unapplied' : 'received';
		expect((await story(payment)).at(-1)).toBe(`${kind} 1005`);
		await expect(give(payment, credited + 1)).rejects.toMatchObject({ code: 'not_refundable' });
		expect(await give(payment, credited)).toMatchObject({ state: 'succeeded' });
	});

	test('over, in several credits and after the end: all of it is the merchant’s', async () => {
		const payment = await shop.await(over);
		await shop.credit(payment, 400);
		await shop.credit(payment, 805);
		expect(await shop.read(payment)).toMatchObject({
			state: 'succeeded',
			amount: 1005,
			receivedAmount: 1205,
			attempt: { amount: 1205, userAmount: 1205 }
		});
		await shop.credit(payment, 7);
		await shop.credit(payment, 8);
		expect(await shop.moved()).toEqual({ payers: -1220, available: 1220 });
		expect(await shop.queue(payment)).toEqual([]);
		const told = ['received 400', 'succeeded 1205', 'received 1212', 'received 1220'];
		expect(await story(payment)).toEqual(told);
	});

	test('over where it is not allowed: the surplus is kept apart, and both are told', async () => {
		const payment = await shop.await(under);
		await shop.credit(payment, 1205);
		expect(await shop.read(payment)).toMatchObject({ receivedAmount: 1205 });
		expect(await shop.moved()).toEqual({ payers: -1205, available: 1005, unapplied: 200 });
		expect(await story(payment)).toEqual(['succeeded 1205', 'money_unapplied 1205']);
		await expect(give(payment, 1006)).rejects.toMatchObject({ code: 'not_refundable' });
	});

	test('refunds go up to what came, also when more comes after one', async () => {
		const payment = await shop.await(over);
		await shop.credit(payment, 1205);
		await expect(give(payment, 1206)).rejects.toMatchObject({ code: 'not_refundable' });
		expect(await give(payment, null)).toMatchObject({ state: 'succeeded', amount: 1205 });
		await shop.credit(payment, 300);
		expect(await give(payment, null)).toMatchObject({ state: 'succeeded', amount: 300 });
		expect(await shop.moved()).toEqual({});
	});

	test('what was promised when it was opened holds, whatever the merchant changes', async () => {
		const payment = await shop.await(under);
		await shop.credit(payment, 400);
		Object.assign(shop.application, { allowUnderpay: false, allowOverpay: true });
		await shop.context.db.inTransaction((tx) =>
			tx.updateTable('applications').set({ allow_underpay: 0, allow_overpay: 1 }).execute()
		);
		await shop.timeUp();
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', receivedAmount: 400 });
		await shop.credit(payment, 605);
		expect(await shop.moved()).toEqual({ payers: -1005, available: 400, unapplied: 605 });
	});

	test('limits count what came', async () => {
		const limit = { intent: 'deposit', method: null, currency: 'EUR', period: 'month' } as const;
		await setMerchant(shop, { limits: [{ ...limit, amount: 3_000, uses: null }] });
		const less = await shop.await(under);
		await shop.credit(less, 400);
		await shop.timeUp();
		const more = await shop.await(over);
		await shop.credit(more, 1205);
		await shop.credit(more, 300);
		const [refused, taken] = [
			await shop.open({ amount: 1_096 }),
			await shop.open({ amount: 1_095 })
		];
		expect(await shop.pay(refused, '4242 4242 4242 4242')).toBe('limit_reached');
		expect(await shop.pay(taken, '4242 4242 4242 4242')).toBe('sent');
		await setMerchant(shop, { limits: [] });
	});

	test('two credits at once, each told twice: every one counts once', async () => {
		for (let round = 0; round < 5; round++) {
			const payment = await shop.await(over);
			const attemptId = payment.attempt?.id ?? '';
			const receipts = [600, 600, 50].map((amount, index) => ({
				id: `${attemptId}-${index}`,
				amount: { amount, currency: 'EUR' }
			}));
			const tell = (count: number) =>
				applyOutcome(shop.context, attemptId, {
					kind: 'received',
					providerReference: 'x',
					receipts: receipts.slice(0, count)
				});
			await Promise.all([tell(1), tell(2), tell(3), tell(2), tell(1)]);
			expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', receivedAmount: 1250 });
			expect(await shop.moved()).toEqual({ payers: -1250, available: 1250 });
		}
	});

	test('the last credit and the end of time at once: paid once, nothing lost', async () => {
		const { context } = shop;
		for (let round = 0; round < 5; round++) {
			const payment = await shop.await(both);
			await shop.credit(payment, 400);
			context.clock.advance(72 * HOUR);
			await Promise.all([
				askUndecided(context),
				creditTransfer(context, payment.attempt?.id ?? '', 700).then(async () => {
					context.clock.advance(2_000);
					await sendSimulatorMessages(context);
					await processNotifications(context);
				}),
				askUndecided(context)
			]);
			await shop.work(HOUR);
			expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', receivedAmount: 1100 });
			expect(await shop.moved()).toEqual({ payers: -1100, available: 1100 });
			expect((await shop.events(payment)).filter((kind) => kind === 'succeeded')).toHaveLength(1);
		}
	});
});
