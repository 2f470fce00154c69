import { beforeEach, expect, test } from 'vitest';
import type { Payment } from '../../src/lib/server/payments/payment';
import { readPayment } from '../../src/lib/server/payments/read-payment';
import { refund } from '../../src/lib/server/payments/refund';
import { applyOutcome } from '../../src/lib/server/payments/apply-outcome';
import { checkLedger } from '../../src/lib/server/ledger/check-ledger';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from './open-shop';

const APPROVED = '4242 4242 4242 4242';
const DECLINED = '4000 0000 0000 0002';

describeOnEachEngine('a refund', (open) => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop(open);
	});

	async function paid(amount = 10_000): Promise<Payment> {
		const payment = await shop.open({ amount });
		await shop.pay(payment, APPROVED);
		return shop.read(payment);
	}

	const give = ({ transactionId }: Payment, amount: number | null, reference?: string) =>
		refund(shop.context, { transactionId, amount, reference: reference ?? null });

	/** What the acquirer gave back. */
	async function returned({ attempt }: Payment): Promise<number> {
		const rows = await shop.context.db.read
			.selectFrom('simulator_refunds')
			.select(['amount', 'moves'])
			.where('attempt_id', '=', attempt?.id ?? '')
			.execute();
		return rows.reduce((sum, { amount, moves }) => sum + amount * moves, 0);
	}

	test('of all: the state stays, the money is back, the books are even', async () => {
		const payment = await paid();
		expect(await give(payment, null)).toMatchObject({ state: 'succeeded', amount: 10_000 });
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', amount: 10_000 });
		expect(await returned(payment)).toBe(10_000);
		expect(await shop.balances()).toMatchObject({ available: 0, payers: 0, in_transit: 0 });
		expect(await checkLedger(shop.context)).toEqual([]);
		await expect(give(payment, 1)).rejects.toMatchObject({ code: 'not_refundable' });
	});

	test('in parts, never more than was paid', async () => {
		const payment = await paid();
		await give(payment, 2_500);
		await give(payment, 7_000);
		await expect(give(payment, 501)).rejects.toMatchObject({ code: 'not_refundable' });
		await give(payment, null);
		expect(await returned(payment)).toBe(10_000);
		await expect(give(payment, null)).rejects.toMatchObject({ code: 'not_refundable' });
	});

	test('20 at once of a third each: three go through', async () => {
		const payment = await paid();
		const results = await Promise.allSettled(
			Array.from({ length: 20 }, () => give(payment, 3_300))
		);
		expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
		expect(await returned(payment)).toBe(9_900);
	});

	test('under the same reference, ten at once and later: once', async () => {
		const payment = await paid();
		const results = await Promise.all(
			Array.from({ length: 10 }, () => give(payment, 1_000, 'refund-1'))
		);
		expect(new Set(results.map(({ id }) => id)).size).toBe(1);
		expect(await give(payment, 1_000, 'refund-1')).toMatchObject({ id: results[0]?.id });
		await expect(give(payment, 999, 'refund-1')).rejects.toMatchObject({
			code: 'reference_reused'
		});
		expect(await returned(payment)).toBe(1_000);
	});

	test('refused by the provider: the amount can be refunded again', async () => {
		const payment = await paid();
		expect(await give(payment, 1_013)).toMatchObject({ state: 'failed' });
		expect((await readPayment(shop.context.db.read, payment.transactionId))?.refundedAmount).toBe(
			0
		);
		expect(await shop.balances()).toMatchObject({ available: 10_000, in_transit: 0 });
		expect(await give(payment, null)).toMatchObject({ state: 'succeeded' });
	});

	test.each([
		['undecided for a while', 1_014, 'pending'],
		['moved without an answer', 1_015, 'requested'],
		['lost on the way', 1_016, 'requested']
	])('%s: the worker settles it, once', async (_, amount, at) => {
		const payment = await paid();
		expect(await give(payment, amount)).toMatchObject({ state: at });
		for (let minutes = 0; minutes < 10; minutes++) await shop.work(60_000);
		const [row] = await shop.context.db.read.selectFrom('refunds').select(['state']).execute();
		expect(await returned(payment)).toBe(row?.state === 'succeeded' ? amount : 0);
		expect(row?.state === 'succeeded').toBe(amount !== 1_016);
		expect(await checkLedger(shop.context)).toEqual([]);
	});

	test('what was not paid cannot be refunded', async () => {
		const payment = await shop.open();
		await expect(give(payment, 1)).rejects.toMatchObject({ code: 'not_refundable' });
		await shop.pay(payment, DECLINED);
		await expect(give(payment, 1)).rejects.toMatchObject({ code: 'not_refundable' });
	});

	test('money for an attempt that is over goes back by itself', async () => {
		const payment = await shop.open();
		shop.line.cut = 'after';
		await shop.pay(payment, APPROVED);
		shop.line.cut = 'none';
		const attempt = (await shop.read(payment)).attempt;
		const attemptId = attempt?.id ?? '';
		// A wrong word first; the right one comes with the notification, too late.
		await applyOutcome(shop.context, attemptId, {
			kind: 'declined',
			providerReference: null,
			reason: 'declined',
			message: 'not permitted'
		});
		await shop.work(5_000);
		await shop.work(60_000);
		expect(await returned({ ...payment, attempt })).toBe(1_005);
		const [money] = await shop.context.db.read.selectFrom('unapplied_money').selectAll().execute();
		expect(money).toMatchObject({ state: 'returned', amount: 1_005, way: 'back' });
		expect(await shop.events(payment)).toContain('money_returned');
		expect(await shop.balances()).toMatchObject({ unapplied: 0, payers: 0 });
	});
});
