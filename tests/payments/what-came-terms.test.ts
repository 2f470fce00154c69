import { beforeAll, describe, expect, test } from 'vitest';
import type { Attempt, AttemptTerms } from '../../src/lib/server/payments/payment';
import { refund } from '../../src/lib/server/payments/refund';
import { termsOfWhatCame } from '../../src/lib/server/payments/what-came';
import { setRate } from '../../src/lib/server/rates/set-rate';
import { describeOnEachEngine } from '../databases';
import { createRandom } from '../faults/random';
import { openTransferShop, type TransferShop } from './transfer-shop';

const both = { under: true, over: true };

describeOnEachEngine('fees and conversion of what came', (open) => {
	let shop: TransferShop;
	let withFees: number;
	let inDollars: number;
	beforeAll(async () => {
		shop = await openTransferShop(open);
		const fee = { method: null, intent: null, currency: 'EUR' } as const;
		withFees = await shop.addAccount({
			settings: {
				currencies: ['EUR'],
				fees: [
					{ ...fee, fixed: 25, percent: '2', bearer: 'payer' },
					{ ...fee, fixed: 0, percent: '1', bearer: 'merchant' }
				]
			}
		});
		inDollars = await shop.addAccount({ settings: { currencies: ['USD'], fxPercent: '1' } });
		await setDollars('1.25');
	});

	async function setDollars(rate: string) {
		const { context } = shop;
		const date = new Date(context.clock.now()).toISOString().slice(0, 10);
		await context.db.inTransaction((tx) =>
			setRate(context, tx, { base: 'EUR', quote: 'USD', rate, source: 'test', date })
		);
	}

	/** €100.00 with a fee of €2.25 on top, €1.00 of it borne by the merchant. */
	const feed = () => shop.await(both, { amount: 10_000 }, { accountId: withFees });
	/** €100.00 that come as $126.25, $1.25 of it for converting. */
	const converted = () => shop.await(both, { amount: 10_000 }, { accountId: inDollars });

	test('short: the payer’s fee comes out of what came, in its share', async () => {
		const payment = await feed();
		expect(payment.attempt).toMatchObject({ amount: 10_225, fee: 225, merchantFee: 100 });
		await shop.credit(payment, 5_000);
		await shop.timeUp();
		const paid = await shop.read(payment);
		expect(paid).toMatchObject({
			state: 'succeeded',
			receivedAmount: 4_890,
			attempt: { amount: 5_000, userAmount: 4_890, fee: 110, merchantFee: 49 }
		});
		expect(await shop.moved()).toEqual({ payers: -5_000, available: 4_841, fees: 159 });
		const { transactionId } = payment;
		const order = { transactionId, amount: null, reference: null };
		// All of it goes back with the payer's fee; the merchant's own is kept.
		expect(await refund(shop.context, order)).toMatchObject({ amount: 4_890, fee: 110 });
		expect(await shop.moved()).toEqual({ available: -49, fees: 49 });
	});

	test('over, and more later: the fees grow with it, and never beyond their share', async () => {
		const payment = await feed();
		await shop.credit(payment, 10_225);
		expect(await shop.moved()).toEqual({ payers: -10_225, available: 9_900, fees: 325 });
		await shop.credit(payment, 10_225);
		await shop.credit(payment, 1);
		expect(await shop.read(payment)).toMatchObject({
			receivedAmount: 20_001,
			attempt: { amount: 20_451, userAmount: 20_001, fee: 450, merchantFee: 200 }
		});
		expect(await shop.moved()).toEqual({ payers: -20_451, available: 19_801, fees: 650 });
	});

	test('many credits are worth what one would be, however small the first', async () => {
		const payment = await feed();
		await shop.credit(payment, 11);
		await shop.timeUp();
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', attempt: { fee: 0 } });
		await shop.credit(payment, 10_214);
		expect(await shop.read(payment)).toMatchObject({
			attempt: { amount: 10_225, userAmount: 10_000, fee: 225, merchantFee: 100 }
		});
		expect(await shop.moved()).toEqual({ payers: -10_225, available: 9_900, fees: 325 });
	});

	test('in another currency: at the rate that was quoted, with its share of the fee', async () => {
		const payment = await converted();
		expect(payment.attempt).toMatchObject({ amount: 12_625, currency: 'USD', fxFee: 125 });
		await setDollars('9.99');
		await shop.credit(payment, 6_000);
		expect(await shop.read(payment)).toMatchObject({ receivedAmount: 4_752 });
		await shop.timeUp();
		expect(await shop.read(payment)).toMatchObject({
			state: 'succeeded',
			amount: 10_000,
			receivedAmount: 4_752,
			attempt: { amount: 6_000, userAmount: 4_752, fxFee: 59 }
		});
		expect(await shop.moved('EUR')).toEqual({ available: 4_752, fx: -4_752 });
		expect(await shop.moved('USD')).toEqual({ payers: -6_000, fees: 59, fx: 5_941 });
		const { transactionId } = payment;
		for (const amount of [2_000, null]) {
			await refund(shop.context, { transactionId, amount, reference: null });
		}
		expect(await shop.moved('EUR')).toEqual({});
		expect(await shop.moved('USD')).toEqual({});
		await setDollars('1.25');
	});

	test('in another currency and over, after the end as well', async () => {
		const payment = await converted();
		await shop.credit(payment, 25_250);
		await shop.credit(payment, 12_625);
		expect(await shop.read(payment)).toMatchObject({
			receivedAmount: 30_000,
			attempt: { amount: 37_875, userAmount: 30_000, fxFee: 375 }
		});
		expect(await shop.moved('EUR')).toEqual({ available: 30_000, fx: -30_000 });
		expect(await shop.moved('USD')).toEqual({ payers: -37_875, fees: 375, fx: 37_500 });
	});

	test('what comes to less than a cent pays nothing', async () => {
		await setDollars('500');
		const payment = await converted();
		await shop.credit(payment, 2);
		await shop.timeUp();
		expect(await shop.read(payment)).toMatchObject({ state: 'expired', receivedAmount: 0 });
		expect(await shop.moved('USD')).toEqual({ payers: -2, unapplied: 2 });
		await setDollars('1.25');
	});
});

describe('the share of the terms', () => {
	const random = createRandom(7);
	const attemptWith = (terms: AttemptTerms, rate: Attempt['rate']) =>
		({ ...terms, rate, ordered: null }) as Attempt;

	test('in one currency nothing is left over, and more money is never worth less', () => {
		for (let round = 0; round < 2_000; round++) {
			const userAmount = 1 + random.whole(100_000);
			const fee = random.whole(userAmount);
			const terms = { userAmount, fee, merchantFee: random.whole(500), fxFee: 0 };
			const attempt = attemptWith({ ...terms, amount: userAmount + fee }, null);
			const came = 1 + random.whole(300_000);
			const [less, more] = [termsOfWhatCame(attempt, came), termsOfWhatCame(attempt, came + 1)];
			expect(less.userAmount + less.fee).toBe(came);
			expect(less.fee).toBeGreaterThanOrEqual(0);
			expect(more.userAmount).toBeGreaterThanOrEqual(less.userAmount);
			expect(more.fee).toBeGreaterThanOrEqual(less.fee);
		}
	});

	test('all that was asked is worth exactly what was agreed', () => {
		const terms = { amount: 12_878, userAmount: 10_000, fee: 200, merchantFee: 33, fxFee: 128 };
		const rate = { rate: '1.25', source: 'test', date: '2026-11-21' };
		expect(termsOfWhatCame(attemptWith(terms, rate), 12_878)).toEqual(terms);
	});

	test('sums beyond what a float can count stay exact', () => {
		const terms = { userAmount: 999_999_999_999_990, fee: 9, merchantFee: 0, fxFee: 0 };
		const attempt = attemptWith({ ...terms, amount: 999_999_999_999_999 }, null);
		expect(termsOfWhatCame(attempt, 999_999_999_999_998)).toMatchObject({
			userAmount: 999_999_999_999_989,
			fee: 9
		});
	});
});
