import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkLedger } from '../../src/lib/server/ledger/check-ledger';
import { cancelPayment } from '../../src/lib/server/payments/cancel-payment';
import {
	approveWithdrawal,
	rejectWithdrawal
} from '../../src/lib/server/payments/decide-withdrawal';
import type { Payment } from '../../src/lib/server/payments/payment';
import { expireSessions } from '../../src/lib/server/sessions/expire-sessions';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from './open-shop';
import { ibans, openRequest, openWithdrawal, request, setMerchant } from './withdraw';

const HOUR = 3_600_000;

describeOnEachEngine('a withdrawal', (open) => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop(open);
	});
	afterEach(async () => {
		expect(await checkLedger(shop.context)).toEqual([]);
	});

	const webhooksOf = async ({ transactionId }: Payment) => {
		const rows = await shop.context.db.read
			.selectFrom('webhook_deliveries')
			.select('state')
			.where('transaction_id', '=', transactionId)
			.execute();
		return rows.length;
	};

	const nothingHeld = { reserved: 0 };

	test('requested: the merchant is told, the money is held, and nothing is sent', async () => {
		const payment = await openWithdrawal(shop);
		expect(await request(shop, payment)).toEqual({ kind: 'requested' });
		await shop.work(HOUR);
		expect(await shop.read(payment)).toMatchObject({ state: 'requested', amount: 10_000 });
		expect(await shop.events(payment)).toEqual(['created', 'requested']);
		expect(await shop.balances()).toEqual({ available: -10_000, reserved: 10_000 });
		expect(await shop.acquirer(payment)).toEqual([]);
	});

	test('one yes sent 50 times at once: one request', async () => {
		const payment = await openWithdrawal(shop);
		const results = await Promise.all(Array.from({ length: 50 }, () => request(shop, payment)));
		const kinds = results.map(({ kind }) => kind).sort();
		expect(kinds).toEqual(['requested', ...Array.from({ length: 49 }, () => 'stale')]);
		expect(await shop.balances()).toEqual({ available: -10_000, reserved: 10_000 });
	});

	test('the account is readable nowhere in the database', async () => {
		const payment = await openRequest(shop);
		await approveWithdrawal(shop.context, payment);
		await shop.work();
		for (const table of ['payout_legs', 'events', 'attempts', 'transactions'] as const) {
			const rows = await shop.context.db.read.selectFrom(table).selectAll().execute();
			expect(JSON.stringify(rows)).not.toContain(ibans.paid);
		}
	});

	test('a session that has ended takes no request', async () => {
		const payment = await openWithdrawal(shop);
		shop.context.clock.advance(2 * HOUR);
		expect(await request(shop, payment)).toEqual({ kind: 'stale' });
		await expireSessions(shop.context);
		expect(await shop.read(payment)).toMatchObject({ state: 'expired' });
		expect(await shop.balances()).toEqual({});
	});

	test('a request outlives its session', async () => {
		const payment = await openRequest(shop);
		await shop.work(30 * 24 * HOUR);
		expect(await shop.read(payment)).toMatchObject({ state: 'requested' });
		await approveWithdrawal(shop.context, payment);
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
	});

	test('canceled by the payer: all is as before', async () => {
		const payment = await openRequest(shop);
		expect(await cancelPayment(shop.context, payment)).toBe('canceled');
		expect(await cancelPayment(shop.context, payment)).toBe('canceled');
		expect(await shop.read(payment)).toMatchObject({
			state: 'canceled',
			reason: 'canceled_by_payer'
		});
		expect(await shop.balances()).toEqual({ available: 0, reserved: 0 });
		await expect(approveWithdrawal(shop.context, payment)).rejects.toThrow('is canceled');
		await shop.work(HOUR);
		expect(await shop.acquirer(payment)).toEqual([]);
	});

	test('canceled before it was asked for', async () => {
		const payment = await openWithdrawal(shop);
		expect(await cancelPayment(shop.context, payment)).toBe('canceled');
		expect(await request(shop, await shop.read(payment))).toEqual({ kind: 'stale' });
		expect(await shop.balances()).toEqual({});
	});

	test('approved: paid once, and booked', async () => {
		const payment = await openRequest(shop);
		expect(await approveWithdrawal(shop.context, payment)).toMatchObject({ state: 'approved' });
		expect(await cancelPayment(shop.context, payment)).toBe('not_now');
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', amount: 10_000 });
		expect(await approveWithdrawal(shop.context, payment)).toMatchObject({ state: 'succeeded' });
		await shop.work(HOUR);
		expect(await shop.acquirer(payment)).toEqual([{ state: 'succeeded', charges: 1, requests: 1 }]);
		expect(await shop.balances()).toEqual({
			available: -10_000,
			...nothingHeld,
			in_transit: 0,
			payers: 10_000
		});
		const told = ['created', 'requested', 'approved', 'payout_sent', 'succeeded'];
		expect(await shop.events(payment)).toEqual(told);
	});

	test('rejected: all is as before, whoever repeats it', async () => {
		const payment = await openRequest(shop);
		await rejectWithdrawal(shop.context, payment);
		expect(await rejectWithdrawal(shop.context, payment)).toMatchObject({ state: 'rejected' });
		await expect(approveWithdrawal(shop.context, payment)).rejects.toThrow('is rejected');
		expect(await cancelPayment(shop.context, payment)).toBe('not_now');
		await shop.work(HOUR);
		expect(await shop.balances()).toEqual({ available: 0, reserved: 0 });
		expect(await shop.acquirer(payment)).toEqual([]);
	});

	test('refused by the bank: the money is available again', async () => {
		const payment = await openRequest(shop, 'refused');
		await approveWithdrawal(shop.context, payment);
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'failed', reason: 'invalid_account' });
		expect(await shop.balances()).toMatchObject({ available: 0, reserved: 0, in_transit: 0 });
	});

	test.each([
		['slow', 'succeeded', -10_000],
		['slowRefused', 'failed', 0]
	] as const)('%s: on its way until a notification tells', async (iban, state, available) => {
		const payment = await openRequest(shop, iban);
		await approveWithdrawal(shop.context, payment);
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'pending' });
		expect(await shop.balances()).toMatchObject({ in_transit: 10_000, reserved: 0 });
		await shop.work(6_000);
		await shop.work(6_000);
		expect(await shop.read(payment)).toMatchObject({ state });
		expect(await shop.balances()).toMatchObject({ available, in_transit: 0, reserved: 0 });
		expect(await shop.acquirer(payment)).toMatchObject([{ requests: 1 }]);
	});

	test.each(['hangPaid', 'garbage'] as const)(
		'%s: paid once, as an inquiry tells',
		async (iban) => {
			const payment = await openRequest(shop, iban);
			await approveWithdrawal(shop.context, payment);
			await shop.work();
			await shop.work(HOUR);
			expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
			expect(await shop.acquirer(payment)).toMatchObject([{ charges: 1 }]);
			expect(await shop.balances()).toMatchObject({ available: -10_000, in_transit: 0 });
		}
	);

	test('lost on the way, each time: called off there, and in the end available again', async () => {
		const payment = await openRequest(shop, 'hangLost');
		await approveWithdrawal(shop.context, payment);
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'pending' });
		for (let hours = 0; hours < 90; hours++) await shop.work(HOUR);
		expect(await shop.read(payment)).toMatchObject({
			state: 'failed',
			reason: 'provider_unavailable'
		});
		expect((await shop.acquirer(payment)).every(({ charges }) => charges === 0)).toBe(true);
		expect(await shop.balances()).toMatchObject({ available: 0, in_transit: 0, reserved: 0 });
	});

	test('each word to the merchant is sent once', async () => {
		const paid = await openRequest(shop, 'slow');
		await approveWithdrawal(shop.context, paid);
		await shop.work();
		await shop.work(HOUR);
		// Requested, on its way, paid: pending twice and successful once.
		expect(await webhooksOf(paid)).toBe(3);
	});

	test.each([
		[10_000, 'succeeded'],
		[10_001, 'requested']
	])('approves by itself up to an amount: %i', async (amount, state) => {
		await setMerchant(shop, { autoApprove: { EUR: 10_000, USD: 999_999 } });
		const payment = await openRequest(shop, 'paid', { amount });
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state });
	});
});
