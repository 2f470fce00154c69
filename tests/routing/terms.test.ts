import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_AMOUNT } from '$lib/money/money';
import type { AccountSettings } from '$lib/server/routing/account-settings';
import { amountRange } from '$lib/server/routing/amount-range';
import { percentOf } from '$lib/server/routing/percent-of';
import { pricingOf, termsFor } from '$lib/server/routing/terms';
import { someAccount } from './some-account';

const dollars = { rate: '1.1', source: 'bank', date: '2026-11-20' };
const anyFee = { method: null, intent: null, currency: null, fixed: 0, percent: '0' } as const;
const anyLimit = { method: null, intent: null, lowest: null, highest: null } as const;

/** In euros, at an account that moves euros, or dollars at 1.1. */
function pricing(
	settings: Partial<AccountSettings>,
	intent: 'deposit' | 'withdrawal' = 'deposit',
	rate: typeof dollars | null = null
) {
	return pricingOf(
		someAccount(1, settings).settings,
		{ method: 'card', intent, currency: 'EUR' },
		{ providerCurrency: rate ? 'USD' : 'EUR', rate }
	);
}

describe('percentages', () => {
	test.each([
		[1000, ['1.5'], 15],
		[100, ['0.5'], 0],
		[300, ['0.5'], 2],
		[101, ['0.5'], 1],
		[100, ['0.499999'], 0],
		// Added up first: each alone would round to 0.
		[100, ['0.3', '0.3'], 1],
		[MAX_AMOUNT, ['100'], MAX_AMOUNT],
		[1, ['0.000001'], 0],
		[123456, [], 0]
	])('of %d, %j: %d', (amount, percents, result) => {
		expect(percentOf(amount, percents)).toBe(result);
	});
});

describe('terms', () => {
	test('without fees: what the payer enters is what is moved', () => {
		expect(termsFor(pricing({}), 1005)).toEqual({
			fee: 0,
			merchantFee: 0,
			provider: { amount: 1005, currency: 'EUR' },
			rate: null,
			fxFee: 0
		});
	});

	test('all fees that fit add up, each for who bears it', () => {
		const fees: AccountSettings['fees'] = [
			{ ...anyFee, percent: '1.5', bearer: 'payer' },
			{ ...anyFee, currency: 'EUR', fixed: 30, bearer: 'payer', intent: 'deposit' },
			{ ...anyFee, percent: '2', bearer: 'merchant', method: 'card' },
			{ ...anyFee, percent: '9', bearer: 'payer', method: 'wallet' },
			{ ...anyFee, percent: '9', bearer: 'payer', intent: 'withdrawal' },
			{ ...anyFee, percent: '9', bearer: 'merchant', currency: 'USD' }
		];
		expect(termsFor(pricing({ fees }), 1000)).toMatchObject({
			fee: 45,
			merchantFee: 20,
			provider: { amount: 1045, currency: 'EUR' }
		});
	});

	test('a withdrawal gives its fee off, and one that it eats up is too low', () => {
		const fees: AccountSettings['fees'] = [
			{ ...anyFee, currency: 'EUR', fixed: 200, bearer: 'payer' }
		];
		const withdrawal = pricing({ fees }, 'withdrawal');
		expect(termsFor(withdrawal, 1000)).toMatchObject({ fee: 200, provider: { amount: 800 } });
		expect(termsFor(withdrawal, 201)).toMatchObject({ provider: { amount: 1 } });
		expect(termsFor(withdrawal, 200)).toBe('below_lowest');
		expect(amountRange(withdrawal)).toEqual({ lowest: 201, highest: null });
	});

	test('conversion: the fee goes along, the fee for converting is inside what is moved', () => {
		const fees: AccountSettings['fees'] = [{ ...anyFee, percent: '10', bearer: 'payer' }];
		const settings = { fees, fxPercent: '2' };
		// 10.00 + 1.00 are 12.10 dollars, and 0.24 for converting.
		expect(termsFor(pricing(settings, 'deposit', dollars), 1000)).toEqual({
			fee: 100,
			merchantFee: 0,
			provider: { amount: 1234, currency: 'USD' },
			rate: dollars,
			fxFee: 24
		});
		// 10.00 - 1.00 are 9.90 dollars, less 0.20.
		expect(termsFor(pricing(settings, 'withdrawal', dollars), 1000)).toMatchObject({
			fee: 100,
			provider: { amount: 970, currency: 'USD' },
			fxFee: 20
		});
	});

	test('what cannot be written as an amount is too high or too low', () => {
		const fees: AccountSettings['fees'] = [{ ...anyFee, percent: '1', bearer: 'payer' }];
		expect(termsFor(pricing({ fees }), MAX_AMOUNT)).toBe('above_highest');
		const costly = { ...dollars, rate: '900' };
		expect(termsFor(pricing({}, 'deposit', costly), MAX_AMOUNT)).toBe('above_highest');
		const cheap = { ...dollars, rate: '0.001' };
		expect(termsFor(pricing({}, 'deposit', cheap), 1)).toBe('below_lowest');
		const merchantPays: AccountSettings['fees'] = [
			{ ...anyFee, percent: '100', bearer: 'merchant' },
			{ ...anyFee, percent: '1', bearer: 'merchant' }
		];
		expect(termsFor(pricing({ fees: merchantPays }), MAX_AMOUNT)).toBe('above_highest');
	});
});

describe('limits', () => {
	const limits: AccountSettings['limits'] = [
		{ ...anyLimit, currency: 'EUR', lowest: 500, highest: 2000 },
		{ ...anyLimit, currency: 'EUR', highest: 10, method: 'wallet' },
		{ ...anyLimit, currency: 'EUR', lowest: 900, intent: 'withdrawal' },
		{ ...anyLimit, currency: 'GBP', highest: 1 }
	];

	test.each([
		[499, 'below_lowest'],
		[500, 'fits'],
		[2000, 'fits'],
		[2001, 'above_highest']
	])('in the currency of the payment they bound what is entered: %d %s', (amount, result) => {
		const fees: AccountSettings['fees'] = [{ ...anyFee, percent: '50', bearer: 'payer' }];
		const terms = termsFor(pricing({ limits, fees }), amount);
		expect(typeof terms === 'string' ? terms : 'fits').toBe(result);
	});

	test("in the provider's currency they bound what is moved", () => {
		const inDollars = [{ ...anyLimit, currency: 'USD', lowest: 110, highest: 220 }];
		const range = amountRange(pricing({ limits: inDollars }, 'deposit', dollars));
		expect(range).toEqual({ lowest: 100, highest: 200 });
		const same = pricing({ limits: inDollars });
		expect(amountRange(same)).toEqual({ lowest: null, highest: null });
	});

	test('limits that shut each other out leave nothing', () => {
		const apart = [
			{ ...anyLimit, currency: 'EUR', lowest: 500 },
			{ ...anyLimit, currency: 'EUR', highest: 400 }
		];
		expect(amountRange(pricing({ limits: apart }))).toBeUndefined();
	});
});

const amounts = fc.oneof(
	fc.integer({ min: 1, max: 5000 }),
	fc.integer({ min: 1, max: MAX_AMOUNT })
);
const percents = fc
	.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 999_999 }))
	.map(([whole, part]) => `${whole}.${String(part).padStart(6, '0')}`);
const fees = fc.array(
	fc.record({
		method: fc.constant(null),
		intent: fc.constant(null),
		currency: fc.constant('EUR'),
		fixed: fc.integer({ min: 0, max: 2000 }),
		percent: percents,
		bearer: fc.constantFrom('payer' as const, 'merchant' as const)
	}),
	{ maxLength: 3 }
);
const limitsOfAny = fc.array(
	fc.record({
		method: fc.constant(null),
		intent: fc.constant(null),
		currency: fc.constantFrom('EUR', 'USD'),
		lowest: fc.option(amounts),
		highest: fc.option(amounts)
	}),
	{ maxLength: 3 }
);
const settingsOfAny = fc.record({ fees, limits: limitsOfAny, fxPercent: percents });
const intents = fc.constantFrom('deposit' as const, 'withdrawal' as const);
const rates = fc.option(fc.constantFrom('1.1', '0.0031', '151.37', '12345.678901'));

test('the range says of every amount what the terms say', () => {
	fc.assert(
		fc.property(settingsOfAny, intents, rates, amounts, (settings, intent, rate, amount) => {
			const priced = pricing(settings, intent, rate === null ? null : { ...dollars, rate });
			const range = amountRange(priced);
			const near = [amount, ...[range?.lowest, range?.highest].map((end) => end ?? 1)];
			for (const one of near.flatMap((end) => [end - 1, end, end + 1])) {
				if (one < 1 || one > MAX_AMOUNT) continue;
				const isWithin =
					range !== undefined && one >= (range.lowest ?? 1) && one <= (range.highest ?? MAX_AMOUNT);
				const isTooHigh = termsFor(priced, one) === 'above_highest';
				// Without a highest limit the range ends where amounts cannot be written any more.
				if (isTooHigh && range?.highest === null) continue;
				expect(typeof termsFor(priced, one) === 'object').toBe(isWithin);
			}
		}),
		{ numRuns: 500 }
	);
});

test('money adds up: what is moved is what was entered, with or without the fee', () => {
	fc.assert(
		fc.property(settingsOfAny, intents, amounts, (settings, intent, amount) => {
			const terms = termsFor(pricing({ ...settings, limits: [] }, intent), amount);
			if (typeof terms === 'string') return;
			const { fee, provider } = terms;
			expect(provider.amount).toBe(intent === 'deposit' ? amount + fee : amount - fee);
			expect([fee, terms.merchantFee, provider.amount].every(Number.isSafeInteger)).toBe(true);
		})
	);
});
