import { beforeEach, expect, test } from 'vitest';
import type { LimitRule } from '../../src/lib/server/merchants/merchant-settings';
import { availableMethods } from '../../src/lib/server/payments/available-methods';
import {
	approveWithdrawal,
	rejectWithdrawal
} from '../../src/lib/server/payments/decide-withdrawal';
import { keepCard } from '../../src/lib/server/payments/keep-card';
import { cancelRequest, listRequests } from '../../src/lib/server/payments/list-requests';
import { quoteLegs } from '../../src/lib/server/payments/quote-legs';
import { openDraft, sealDraft } from '../../src/lib/server/payments/withdrawal-draft';
import { setRate } from '../../src/lib/server/rates/set-rate';
import { saveAccountSettings } from '../../src/lib/server/routing/account-settings';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from './open-shop';
import { bankLeg, ibans, openRequest, openWithdrawal, request, setMerchant } from './withdraw';

const APPROVED = '4242 4242 4242 4242';
const MINUTE = 60_000;

const daily = (amount: number): LimitRule => ({
	intent: 'withdrawal',
	method: null,
	currency: 'EUR',
	period: 'day',
	amount,
	uses: null
});

describeOnEachEngine('what stands before a withdrawal', (open) => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop(open);
	});

	const owner = () => ({
		merchantId: shop.application.merchantId,
		mode: 'test' as const,
		payerReference: '128'
	});

	async function offered(kycStatus: 'failed' | null = null) {
		const payment = await openWithdrawal(shop);
		return availableMethods(shop.context, {
			...owner(),
			intent: 'withdrawal',
			transactionId: payment.transactionId,
			amount: 10_000,
			currency: 'EUR',
			payer: { reference: '128', country: null, kycStatus },
			methods: null
		});
	}

	test('a limit holds over sessions, and what comes to nothing is free again', async () => {
		await setMerchant(shop, { limits: [daily(15_000)] });
		const first = await openRequest(shop);
		const second = await openWithdrawal(shop);
		expect(await request(shop, second)).toMatchObject({
			kind: 'limit_reached',
			exceeded: { left: 5_000 }
		});
		expect(await shop.read(second)).toMatchObject({ state: 'created' });
		expect(await shop.balances()).toEqual({ available: -10_000, reserved: 10_000 });
		expect(await offered()).toContainEqual(
			expect.objectContaining({ name: 'bank', usable: false, because: 'limit_reached' })
		);
		await rejectWithdrawal(shop.context, first);
		expect(await request(shop, second)).toEqual({ kind: 'requested' });
	});

	test('a payout that fails frees its limit', async () => {
		await setMerchant(shop, { limits: [daily(10_000)] });
		const payment = await openRequest(shop, 'refused');
		await approveWithdrawal(shop.context, payment);
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'failed' });
		expect(await request(shop, await openWithdrawal(shop))).toEqual({ kind: 'requested' });
	});

	test('beyond the balance: refused where the merchant wants it, under any concurrency', async () => {
		await setMerchant(shop, { refuseBeyondBalance: true, limits: [daily(100_000)] });
		expect(await request(shop, await openWithdrawal(shop))).toEqual({ kind: 'not_covered' });
		await shop.pay(await shop.open({ amount: 25_000 }), APPROVED);
		const payments = await Promise.all(Array.from({ length: 8 }, () => openWithdrawal(shop)));
		const results = await Promise.all(payments.map((payment) => request(shop, payment)));
		const kinds = results.map(({ kind }) => kind).sort();
		const refused = Array.from({ length: 6 }, () => 'not_covered');
		expect(kinds).toEqual([...refused, 'requested', 'requested']);
		expect(await shop.balances()).toMatchObject({ available: 5_000, reserved: 20_000 });
		const [counter] = await shop.context.db.read
			.selectFrom('limit_counters')
			.select('amount')
			.execute();
		expect(counter).toEqual({ amount: 20_000 });
	});

	test('a payer whose identity check failed cannot withdraw, and is told before', async () => {
		expect(await offered('failed')).toContainEqual(
			expect.objectContaining({ name: 'bank', usable: false, because: 'not_verified' })
		);
		expect(await offered()).toContainEqual(expect.objectContaining({ name: 'bank', usable: true }));
		await setMerchant(shop, { kyc: { deposit: ['none'], withdrawal: ['passed'] } });
		const payment = await openWithdrawal(shop);
		expect(await request(shop, payment)).toEqual({ kind: 'not_verified' });
		expect(await shop.read(payment)).toMatchObject({ state: 'created' });
	});

	test('approved while the only account is closed: sent when it opens', async () => {
		const { context, accountId } = shop;
		const until = context.clock.now() + 30 * MINUTE;
		const payment = await openRequest(shop);
		await context.db.inTransaction((tx) =>
			saveAccountSettings(context, tx, accountId, { maintenance: [{ from: 0, until }] })
		);
		await approveWithdrawal(context, payment);
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'approved' });
		await shop.work(20 * MINUTE);
		expect(await shop.read(payment)).toMatchObject({ state: 'approved' });
		await shop.work(11 * MINUTE);
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
	});

	test('no account takes it any more: it fails, and the money is available again', async () => {
		const { context, accountId } = shop;
		const payment = await openRequest(shop);
		await context.db.inTransaction((tx) =>
			saveAccountSettings(context, tx, accountId, { methods: ['card'] })
		);
		await approveWithdrawal(context, payment);
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({
			state: 'failed',
			reason: 'provider_unavailable'
		});
		expect(await shop.balances()).toEqual({ available: 0, reserved: 0 });
	});

	test('fees and a conversion are taken off, and booked', async () => {
		const { context, accountId } = shop;
		await context.db.inTransaction(async (tx) => {
			const date = new Date(context.clock.now()).toISOString().slice(0, 10);
			const rate = { base: 'EUR', quote: 'USD', rate: '1.25', source: 'ECB', date };
			await setRate(context, tx, rate);
			await saveAccountSettings(context, tx, accountId, {
				currencies: ['USD'],
				fxPercent: '2',
				fees: [
					{
						method: null,
						intent: 'withdrawal',
						currency: 'EUR',
						fixed: 200,
						percent: '0',
						bearer: 'payer'
					}
				]
			});
		});
		const payment = await openWithdrawal(shop);
		// €98.00 are $122.50, less 2 %.
		const terms = { fee: 200, provider: { amount: 12_005, currency: 'USD' }, fxFee: 245 };
		expect(await quoteLegs(context, payment, [bankLeg(10_000)])).toMatchObject([
			{ terms, takes: 'days' }
		]);
		await request(shop, payment);
		await approveWithdrawal(context, await shop.read(payment));
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({
			state: 'succeeded',
			attempt: { amount: 12_005, currency: 'USD', userAmount: 10_000, fee: 200, fxFee: 245 }
		});
		expect(await shop.balances()).toMatchObject({
			available: -10_000,
			in_transit: 0,
			fees: 200,
			fx: 9_800
		});
		expect(await shop.balances('USD')).toEqual({ payers: 12_005, fees: 245, fx: -12_250 });
	});

	test('a payer’s own requests are listed, newest first, and only those that wait', async () => {
		const first = await openRequest(shop);
		shop.context.clock.advance(1);
		const second = await openRequest(shop, 'slow', { amount: 2_000 });
		const decided = await openRequest(shop);
		await approveWithdrawal(shop.context, decided);
		await openRequest(shop, 'paid', { payerReference: 'somebody else' });
		await openWithdrawal(shop);
		const { context } = shop;
		expect(await listRequests(context, owner())).toMatchObject([
			{ transactionId: second.transactionId, amount: 2_000, labels: ['FR•• •••• 2606'] },
			{ transactionId: first.transactionId, amount: 10_000, currency: 'EUR' }
		]);
		expect(await listRequests(context, { ...owner(), merchantId: 'another' })).toEqual([]);
		expect(await listRequests(context, { ...owner(), mode: 'live' })).toEqual([]);
	});

	test('a payer cancels their own requests, and nobody else’s', async () => {
		const { context } = shop;
		const { transactionId } = await openRequest(shop);
		for (const other of [
			{ ...owner(), payerReference: 'somebody else' },
			{ ...owner(), merchantId: 'another' },
			{ ...owner(), mode: 'live' as const }
		]) {
			expect(await cancelRequest(context, other, transactionId)).toBe(false);
		}
		expect(await cancelRequest(context, owner(), 'no such id')).toBe(false);
		const deposited = await shop.open();
		expect(await cancelRequest(context, owner(), deposited.transactionId)).toBe(false);
		expect(await shop.read(deposited)).toMatchObject({ state: 'created' });
		expect(await listRequests(context, owner())).toHaveLength(1);
		expect(await cancelRequest(context, owner(), transactionId)).toBe(true);
		expect(await listRequests(context, owner())).toEqual([]);
		const decided = await openRequest(shop);
		await approveWithdrawal(context, decided);
		expect(await cancelRequest(context, owner(), decided.transactionId)).toBe(false);
	});

	test('a card is given to the provider: what stays is a token and its last four', async () => {
		const { context, accountId } = shop;
		const payment = await openWithdrawal(shop);
		const card = {
			number: APPROVED.replaceAll(' ', ''),
			expiryMonth: 12,
			expiryYear: 2030,
			securityCode: '',
			holderName: ''
		};
		const wanted = { method: 'card_payout', amount: 10_000, card };
		const kept = await keepCard(context, payment, wanted);
		if (kept.kind !== 'kept') throw new Error(kept.kind);
		expect(kept).toMatchObject({
			label: 'Visa •••• 4242',
			destination: { kind: 'card', accountId }
		});
		expect(JSON.stringify(kept)).not.toContain(card.number);
		const { destination, label } = kept;
		const method = 'card_payout';
		const leg = { ...bankLeg(10_000), method, kind: 'card_payout', destination, label } as const;
		expect(await request(shop, payment, [leg])).toEqual({ kind: 'requested' });
		await approveWithdrawal(context, await shop.read(payment));
		await shop.work();
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded' });
		const strange = { ...card, number: '4012888888881881' };
		expect(await keepCard(context, payment, { ...wanted, card: strange })).toEqual({
			kind: 'refused'
		});
		const none = { ...wanted, method: 'no_such' };
		expect(await keepCard(context, payment, none)).toEqual({ kind: 'unavailable' });
		shop.line.cut = 'before';
		const tries = [3, 4, 5].map(() => keepCard(context, payment, wanted));
		expect(await Promise.all(tries)).toEqual(Array(3).fill({ kind: 'refused' }));
		expect(await keepCard(context, payment, wanted)).toEqual({ kind: 'exhausted' });
	});

	test('a draft opens for 15 minutes, for its own transaction, and says nothing', async () => {
		const { context } = shop;
		const [payment, other] = [await openWithdrawal(shop), await openWithdrawal(shop)];
		const draft = { legs: [bankLeg(10_000)], fee: 0 };
		const sealed = sealDraft(context, payment, draft);
		expect(Buffer.from(sealed.split('.')[1] ?? '', 'base64url').toString()).not.toContain(
			ibans.paid.slice(4)
		);
		expect(openDraft(context, payment, sealed)).toEqual(draft);
		expect(openDraft(context, other, sealed)).toBeUndefined();
		expect(openDraft(context, payment, `${sealed}A`)).toBeUndefined();
		expect(openDraft(context, payment, '')).toBeUndefined();
		context.clock.advance(15 * MINUTE);
		expect(openDraft(context, payment, sealed)).toEqual(draft);
		context.clock.advance(1);
		expect(openDraft(context, payment, sealed)).toBeUndefined();
	});
});
