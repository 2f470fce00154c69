import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_AMOUNT } from '$lib/money/money';
import { convert } from '$lib/server/rates/convert';

/** The digits here are those of the standard, by hand: the table is under test with the rest. */
const digits: Record<string, number> = { JPY: 0, KRW: 0, EUR: 2, USD: 2, KWD: 3, TND: 3 };

describe('by hand', () => {
	test.each([
		// A tie goes to the even neighbour, whichever side it is on.
		[1, 'EUR', 'USD', '2.5', 2],
		[1, 'EUR', 'USD', '3.5', 4],
		[3, 'EUR', 'USD', '1.5', 4],
		[5, 'EUR', 'USD', '0.5', 2],
		[7, 'EUR', 'USD', '0.5', 4],
		[50, 'USD', 'JPY', '3', 2],
		[50, 'USD', 'JPY', '5', 2],
		[50, 'USD', 'JPY', '7', 4],
		[25, 'KWD', 'EUR', '1', 2],
		[35, 'KWD', 'EUR', '1', 4],
		// A hair beside the tie decides.
		[1, 'EUR', 'USD', '2.500000000001', 3],
		[1, 'EUR', 'USD', '2.499999999999', 2],
		// Digits are moved both ways.
		[10000, 'EUR', 'USD', '1.0843', 10843],
		[10000, 'EUR', 'JPY', '163.27', 16327],
		[16327, 'JPY', 'EUR', '0.006124', 9999],
		[10000, 'EUR', 'KWD', '0.33215', 33215],
		[1000, 'KWD', 'JPY', '491.5', 492],
		[1000, 'KWD', 'JPY', '490.5', 490],
		[1, 'JPY', 'KWD', '0.002035', 2],
		[100, 'EUR', 'EUR', '1', 100],
		// The ends of what can be said.
		[1, 'EUR', 'USD', '0.5', undefined],
		[1, 'EUR', 'USD', '0.500000000001', 1],
		[1, 'EUR', 'USD', '0.000000000001', undefined],
		[0, 'EUR', 'USD', '1', undefined],
		[MAX_AMOUNT, 'EUR', 'USD', '1', MAX_AMOUNT],
		[MAX_AMOUNT, 'EUR', 'USD', '1.000000000001', undefined],
		[MAX_AMOUNT, 'EUR', 'USD', '1.000000000000', MAX_AMOUNT],
		[MAX_AMOUNT, 'KWD', 'JPY', '999999999999.999999999999', undefined]
	])('%i %s in %s at %s is %s', (amount, currency, to, rate, expected) => {
		expect(convert({ amount, currency }, to, rate)).toBe(expected);
	});

	test.each([
		'',
		'0',
		'0.0',
		'-1',
		'1e2',
		'.5',
		'1.',
		'01',
		'1,5',
		'NaN',
		'1\n',
		'1.1234567890123'
	])('%j is not a rate', (rate) => {
		expect(() => convert({ amount: 1, currency: 'EUR' }, 'USD', rate)).toThrow(RangeError);
	});

	test('half a minor unit is not an amount, and XXX not a currency', () => {
		expect(() => convert({ amount: 0.5, currency: 'EUR' }, 'USD', '1')).toThrow(RangeError);
		expect(() => convert({ amount: 1, currency: 'XXX' }, 'USD', '1')).toThrow(RangeError);
		expect(() => convert({ amount: 1, currency: 'EUR' }, 'XXX', '1')).toThrow(RangeError);
	});
});

/** Both sides of `worth = amount × rate` in whole numbers: `top` / `bottom` minor units. */
function worthOf(amount: number, from: string, to: string, whole: number, fraction: number) {
	const trillion = 1_000_000_000_000n;
	const rate = BigInt(whole) * trillion + BigInt(fraction);
	return {
		top: BigInt(amount) * rate * 10n ** BigInt(digits[to] ?? 0),
		bottom: trillion * 10n ** BigInt(digits[from] ?? 0)
	};
}

describe('against fractions', () => {
	const currencies = fc.constantFrom(...Object.keys(digits));
	const amounts = fc.oneof(
		fc.integer({ min: 1, max: 1000 }),
		fc.integer({ min: 1, max: MAX_AMOUNT })
	);
	const wholes = fc.oneof(
		fc.integer({ min: 0, max: 20 }),
		fc.integer({ min: 0, max: 999_999_999_999 })
	);
	// Halves and fifths often, so that ties are met and not only thought of.
	const fractions = fc.oneof(
		fc.constantFrom(0, 500_000_000_000, 250_000_000_000, 200_000_000_000, 1),
		fc.integer({ min: 0, max: 999_999_999_999 })
	);

	test('no other amount is as near, and of two equally near ones it is the even one', () => {
		let converted = 0;
		let ties = 0;
		fc.assert(
			fc.property(amounts, currencies, currencies, wholes, fractions, (...input) => {
				const [amount, from, to, whole, fraction] = input;
				fc.pre(whole + fraction > 0);
				const { top, bottom } = worthOf(amount, from, to, whole, fraction);
				const rate = `${whole}.${String(fraction).padStart(12, '0')}`;
				const result = convert({ amount, currency: from }, to, rate);
				if (result === undefined) {
					const tooSmall = 2n * top <= bottom;
					const tooLarge = 2n * top >= (2n * BigInt(MAX_AMOUNT) + 1n) * bottom;
					expect(tooSmall || tooLarge).toBe(true);
					return;
				}
				converted++;
				expect(Number.isInteger(result) && result >= 1 && result <= MAX_AMOUNT).toBe(true);
				const gap = 2n * (BigInt(result) * bottom - top);
				const distance = gap < 0n ? -gap : gap;
				expect(distance <= bottom).toBe(true);
				if (distance !== bottom) return;
				ties++;
				expect(result % 2).toBe(0);
			}),
			{ numRuns: 5000 }
		);
		expect(converted).toBeGreaterThan(500);
		expect(ties).toBeGreaterThan(20);
	});
});
