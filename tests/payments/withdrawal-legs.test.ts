import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkLedger } from '../../src/lib/server/ledger/check-ledger';
import { cancelPayment } from '../../src/lib/server/payments/cancel-payment';
import {
	approveWithdrawal,
	rejectWithdrawal
} from '../../src/lib/server/payments/decide-withdrawal';
import { readLegs } from '../../src/lib/server/payments/leg';
import { planWithdrawal } from '../../src/lib/server/payments/plan-withdrawal';
import { refund } from '../../src/lib/server/payments/refund';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from './open-shop';
import { bankLeg, openWithdrawal, request, setMerchant } from './withdraw';

const APPROVED = '4242 4242 4242 4242';

describeOnEachEngine('a withdrawal in a closed loop', (open) => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop(open);
		await setMerchant(shop, { closedLoop: true });
	});
	afterEach(async () => {
		expect(await checkLedger(shop.context)).toEqual([]);
	});

	async function deposit(amount: number, payerReference = '128') {
		const payment = await shop.open({ amount, payerReference });
		await shop.pay(payment, APPROVED);
		// Ids of one moment have no order.
		shop.context.clock.advance(1);
		return shop.read(payment);
	}

	const plan = async (amount = 10_000) =>
		planWithdrawal(shop.context, await openWithdrawal(shop, { amount }), amount);

	test('without the merchant’s wish all of it is the payer’s choice', async () => {
		await deposit(6_000);
		await setMerchant(shop, { closedLoop: false });
		expect(await plan()).toEqual({ origins: [], rest: 10_000, blocked: 0 });
	});

	test('first back to the cards, newest first, up to what came', async () => {
		const older = await deposit(2_500);
		const newer = await deposit(6_000);
		await deposit(9_000, 'somebody else');
		const { origins, rest } = await plan();
		expect(origins).toMatchObject([
			{ amount: 6_000, label: 'Visa •••• 4242', sourceAttemptId: newer.attempt?.id },
			{ amount: 2_500, label: 'Visa •••• 4242', sourceAttemptId: older.attempt?.id }
		]);
		expect(rest).toBe(1_500);
		expect(await plan(6_001)).toMatchObject({
			origins: [{ amount: 6_000 }, { amount: 1 }],
			rest: 0
		});
		expect(await plan(100)).toMatchObject({ origins: [{ amount: 100 }], rest: 0 });
	});

	test('what was refunded, or went back before, does not go back again', async () => {
		const payment = await deposit(6_000);
		await refund(shop.context, {
			transactionId: payment.transactionId,
			amount: 1_000,
			reference: null
		});
		const { origins } = await plan(2_000);
		await request(shop, await openWithdrawal(shop, { amount: 2_000 }), origins);
		expect(await plan()).toMatchObject({
			origins: [{ amount: 3_000 }],
			rest: 5_000,
			blocked: 2_000
		});
	});

	test('what a waiting request holds is no payer’s choice, or the loop could be walked around', async () => {
		await deposit(6_000);
		const { origins } = await plan(6_000);
		await request(shop, await openWithdrawal(shop, { amount: 6_000 }), origins);
		expect(await plan(1_000)).toEqual({ origins: [], rest: 0, blocked: 1_000 });
	});

	test('more deposits than one withdrawal has parts: the rest is not free either', async () => {
		for (let count = 0; count < 12; count++) await deposit(1_000);
		const split = await plan(12_000);
		expect(split.origins).toHaveLength(10);
		expect(split).toMatchObject({ rest: 0, blocked: 2_000 });
	});

	test('what went back by a withdrawal is not refunded as well', async () => {
		const payment = await deposit(6_000);
		const { origins } = await plan(6_000);
		await request(shop, await openWithdrawal(shop, { amount: 6_000 }), origins);
		const { transactionId } = payment;
		const all = { transactionId, amount: null, reference: null };
		await expect(refund(shop.context, all)).rejects.toMatchObject({ code: 'not_refundable' });
	});

	test('a part of a partly paid withdrawal is free for the day’s limit again', async () => {
		const rule = { intent: 'withdrawal', method: null, currency: 'EUR', period: 'day' } as const;
		await setMerchant(shop, { limits: [{ ...rule, amount: 10_000, uses: null }] });
		const payment = await openWithdrawal(shop);
		await request(shop, payment, [bankLeg(1_000), bankLeg(9_000, 'refused')]);
		await approveWithdrawal(shop.context, await shop.read(payment));
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', amount: 1_000 });
		const next = await openWithdrawal(shop, { amount: 9_000 });
		expect(await request(shop, next, [bankLeg(9_000)])).toEqual({ kind: 'requested' });
	});

	test.each(['reject', 'cancel'] as const)('%s: it may go back again', async (way) => {
		await deposit(6_000);
		const { origins } = await plan(6_000);
		const payment = await openWithdrawal(shop, { amount: 6_000 });
		await request(shop, payment, origins);
		expect(await plan()).toMatchObject({ origins: [], rest: 4_000, blocked: 6_000 });
		if (way === 'reject') await rejectWithdrawal(shop.context, await shop.read(payment));
		else await cancelPayment(shop.context, await shop.read(payment));
		expect(await plan()).toMatchObject({ origins: [{ amount: 6_000 }], rest: 4_000 });
	});

	test('ten withdrawals at once that want one deposit back: one gets it', async () => {
		await deposit(6_000);
		const { origins } = await plan(6_000);
		const payments = await Promise.all(
			Array.from({ length: 10 }, () => openWithdrawal(shop, { amount: 6_000 }))
		);
		const results = await Promise.all(payments.map((payment) => request(shop, payment, origins)));
		const kinds = results.map(({ kind }) => kind).sort();
		expect(kinds).toEqual([...Array.from({ length: 9 }, () => 'changed'), 'requested']);
		expect(await shop.balances()).toMatchObject({ available: 0, reserved: 6_000 });
	});

	test('an account that takes nothing of this size is passed over', async () => {
		const lowest = { method: 'card_payout', intent: null, currency: 'EUR', lowest: 5_000 };
		const accountId = await shop.addAccount({
			settings: { limits: [{ ...lowest, highest: null }], methods: ['card', 'card_payout'] }
		});
		const payment = await shop.open({ amount: 6_000 });
		const card = {
			number: APPROVED.replaceAll(' ', ''),
			expiryMonth: 12,
			expiryYear: 2030,
			securityCode: '737',
			holderName: 'Ada Payer'
		};
		await shop.deposit(payment, { kind: 'card', card, keep: false }, { accountId });
		expect(await plan(5_000)).toMatchObject({ origins: [{ amount: 5_000 }], rest: 0 });
		expect(await plan(4_999)).toEqual({ origins: [], rest: 4_999, blocked: 0 });
	});

	test('paid in parts, one after the other, each once', async () => {
		await deposit(6_000);
		const { origins } = await plan();
		const payment = await openWithdrawal(shop);
		await request(shop, payment, [...origins, bankLeg(4_000)]);
		await approveWithdrawal(shop.context, await shop.read(payment));
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', amount: 10_000 });
		expect(await shop.attempts(payment)).toMatchObject([{ amount: 6_000 }, { amount: 4_000 }]);
		expect(await shop.acquirer(payment)).toMatchObject([{ charges: 1 }, { charges: 1 }]);
		expect(await shop.events(payment)).toEqual([
			'created',
			'requested',
			'approved',
			'payout_sent',
			'leg_paid',
			'payout_sent',
			'succeeded'
		]);
		expect(await shop.balances()).toMatchObject({
			available: -4_000,
			reserved: 0,
			in_transit: 0,
			payers: 4_000
		});
	});

	test('one part is refused: paid with the other, and the rest is available again', async () => {
		await deposit(6_000);
		const { origins } = await plan();
		const payment = await openWithdrawal(shop);
		await request(shop, payment, [...origins, bankLeg(4_000, 'refused')]);
		await approveWithdrawal(shop.context, await shop.read(payment));
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', amount: 6_000 });
		expect(await readLegs(shop.context.db.read, payment.transactionId)).toMatchObject([
			{ amount: 6_000, state: 'paid' },
			{ amount: 4_000, state: 'failed', reason: 'invalid_account' }
		]);
		expect(await shop.balances()).toMatchObject({ available: 0, reserved: 0, in_transit: 0 });
	});

	test('both parts are refused: it failed', async () => {
		const payment = await openWithdrawal(shop);
		await request(shop, payment, [bankLeg(6_000, 'refused'), bankLeg(4_000, 'refused')]);
		await approveWithdrawal(shop.context, await shop.read(payment));
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'failed' });
		expect(await shop.balances()).toMatchObject({ available: 0, reserved: 0, in_transit: 0 });
	});

	test('a slow part holds up the next one', async () => {
		const payment = await openWithdrawal(shop);
		await request(shop, payment, [bankLeg(6_000, 'slow'), bankLeg(4_000)]);
		await approveWithdrawal(shop.context, await shop.read(payment));
		await shop.work();
		expect(await shop.attempts(payment)).toMatchObject([{ amount: 6_000 }]);
		expect(await shop.balances()).toMatchObject({ reserved: 4_000, in_transit: 6_000 });
		await shop.work(6_000);
		await shop.work(6_000);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', amount: 10_000 });
	});
});
