import { beforeEach, expect, test } from 'vitest';
import { checkLedger } from '../../src/lib/server/ledger/check-ledger';
import type { Payment } from '../../src/lib/server/payments/payment';
import { availableMethods } from '../../src/lib/server/payments/available-methods';
import { needsQuote, sealQuote } from '../../src/lib/server/payments/quote';
import { refund } from '../../src/lib/server/payments/refund';
import { setRate } from '../../src/lib/server/rates/set-rate';
import type { Terms } from '../../src/lib/server/routing/terms';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from './open-shop';

const card = {
	kind: 'card',
	card: {
		number: '4242424242424242',
		expiryMonth: 12,
		expiryYear: 2030,
		securityCode: '737',
		holderName: 'Ada Payer'
	},
	keep: false
} as const;

const MINUTE = 60_000;

describeOnEachEngine('fees and conversion', (open) => {
	let shop: Shop;
	let accountId: number;
	beforeEach(async () => {
		shop = await openShop(open);
		accountId = await shop.addAccount({
			settings: {
				currencies: ['USD'],
				fxPercent: '1',
				fees: [
					{
						method: 'card',
						intent: 'deposit',
						currency: null,
						fixed: 0,
						percent: '2',
						bearer: 'payer'
					}
				]
			}
		});
		await rate('1.25');
	});

	async function rate(value: string) {
		const { context } = shop;
		const date = new Date(context.clock.now()).toISOString().slice(0, 10);
		await context.db.inTransaction((tx) =>
			setRate(context, tx, { base: 'EUR', quote: 'USD', rate: value, source: 'test', date })
		);
	}

	/** €100 at the account that moves dollars: what the page shows. */
	async function shown(): Promise<{ payment: Payment; quote: string; terms: Terms }> {
		const payment = await shop.open({ amount: 10_000 });
		const { transactionId, merchantId, mode, intent, currency } = payment;
		const terms: Terms = {
			fee: 200,
			merchantFee: 0,
			provider: { amount: 12_878, currency: 'USD' },
			rate: { rate: '1.25', source: 'test', date: '2026-11-21' },
			fxFee: 128
		};
		expect(needsQuote(terms)).toBe(true);
		const quoted = { transactionId, method: 'card', amount: 10_000, accountId, terms };
		const [method] = await availableMethods(shop.context, {
			...{ merchantId, mode, intent, transactionId, currency },
			amount: 10_000,
			payer: { reference: null, country: null, kycStatus: null },
			methods: ['card']
		});
		expect(method).toMatchObject({ name: 'card', usable: true });
		return { payment, quote: sealQuote(shop.context, quoted), terms };
	}

	const pay = (payment: Payment, agreed: string | null | 'merchant') =>
		shop.deposit(payment, card, { accountId, agreed });

	test('what the payer agreed to is what is charged, and what is written down', async () => {
		const { payment, quote } = await shown();
		expect(await pay(payment, quote)).toEqual({ kind: 'sent' });
		expect(await shop.read(payment)).toMatchObject({
			state: 'succeeded',
			amount: 10_000,
			currency: 'EUR',
			attempt: {
				amount: 12_878,
				currency: 'USD',
				userAmount: 10_000,
				fee: 200,
				fxFee: 128,
				rate: { rate: '1.25', source: 'test', date: '2026-11-21' }
			}
		});
		expect(await shop.balances('EUR')).toMatchObject({ available: 10_000, fees: 200, fx: -10_200 });
		expect(await shop.balances('USD')).toMatchObject({ payers: -12_878, fees: 128, fx: 12_750 });
		expect(await checkLedger(shop.context)).toEqual([]);
	});

	test('nothing is charged that the payer was not asked about', async () => {
		const { payment } = await shown();
		expect(await pay(payment, null)).toEqual({ kind: 'requote' });
		expect(await shop.acquirer(payment)).toEqual([]);
	});

	test('the rate holds for 15 minutes, whatever becomes of it meanwhile', async () => {
		const { payment, quote } = await shown();
		await rate('9.99');
		shop.context.clock.advance(15 * MINUTE);
		expect(await pay(payment, quote)).toEqual({ kind: 'sent' });
		expect(await shop.attempts(payment)).toMatchObject([{ amount: 12_878 }]);
	});

	test('after that the payer is asked again', async () => {
		const { payment, quote } = await shown();
		shop.context.clock.advance(15 * MINUTE + 1);
		expect(await pay(payment, quote)).toEqual({ kind: 'requote' });
	});

	test('a quote is good for its payment, method and amount, and for nobody who altered it', async () => {
		const { payment, quote } = await shown();
		const other = await shop.open({ amount: 10_000 });
		expect(await pay(other, quote)).toEqual({ kind: 'requote' });
		const [encoded = '', signature = ''] = quote.split('.');
		const text = Buffer.from(encoded, 'base64url').toString().replace('12878', '12');
		const forged = `${Buffer.from(text).toString('base64url')}.${signature}`;
		expect(await pay(payment, forged)).toEqual({ kind: 'requote' });
		for (const nonsense of ['', '.', 'x.y', '\0']) {
			expect(await pay(payment, nonsense)).toEqual({ kind: 'requote' });
		}
	});

	test('a merchant’s server takes the terms as they are', async () => {
		const { payment } = await shown();
		expect(await pay(payment, 'merchant')).toEqual({ kind: 'sent' });
		expect(await shop.attempts(payment)).toMatchObject([{ amount: 12_878 }]);
	});

	test('many small refunds never come to more than was paid, and none gets stuck', async () => {
		const payment = await shop.open({ amount: 100 });
		await pay(payment, 'merchant');
		const { transactionId } = payment;
		const give = (amount: number | null) =>
			refund(shop.context, { transactionId, amount, reference: null });
		const given = [];
		for (let cents = 0; cents < 33; cents++) given.push((await give(1)).providerAmount);
		expect(given.reduce((sum, each) => sum + each, 0)).toBe(41);
		expect(await give(null)).toMatchObject({ state: 'succeeded', amount: 67 });
		expect(await shop.balances('USD')).toMatchObject({ payers: 0, fees: 0 });
		expect(await checkLedger(shop.context)).toEqual([]);
	});

	test('refunds convert at the payment’s rate; the last takes the remainder and the fees', async () => {
		const { payment, quote } = await shown();
		await pay(payment, quote);
		await rate('9.99');
		const { transactionId } = payment;
		const give = (amount: number | null) =>
			refund(shop.context, { transactionId, amount, reference: null });
		expect(await give(3_333)).toMatchObject({ providerAmount: 4_166, fee: 0, fxFee: 0 });
		expect(await give(3_333)).toMatchObject({ providerAmount: 4_166, fee: 0 });
		expect(await give(null)).toMatchObject({
			amount: 3_334,
			fee: 200,
			fxFee: 128,
			providerAmount: 12_878 - 2 * 4_166
		});
		const flat = { available: 0, fees: 0, fx: 0, in_transit: 0 };
		expect(await shop.balances('EUR')).toMatchObject(flat);
		expect(await shop.balances('USD')).toMatchObject({ payers: 0, fees: 0 });
		expect(await checkLedger(shop.context)).toEqual([]);
	});
});
