import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDecimal, parseDecimal } from '$lib/money/decimal';
import { MAX_AMOUNT } from '$lib/money/money';

const digitCounts = fc.constantFrom(0, 2, 3, 4);
const amounts = fc.integer({ min: 0, max: MAX_AMOUNT });

describe('parseDecimal', () => {
	test.each([
		['10.05', 2, 1005],
		['10', 2, 1000],
		['0.5', 2, 50],
		['0', 2, 0],
		['0.00', 2, 0],
		['0.29', 2, 29],
		['1.15', 2, 115],
		['4.35', 2, 435],
		['1.005', 3, 1005],
		['1500', 0, 1500],
		['9999999999999.99', 2, MAX_AMOUNT],
		['999999999999.999', 3, MAX_AMOUNT],
		['999999999999999', 0, MAX_AMOUNT]
	])('%s with %i digits is %i', (text, digits, amount) => {
		expect(parseDecimal(text, digits)).toBe(amount);
	});

	test.each(
		'|-0|-1|+1|1e3|1E3|.5|5.|.|01|00|0x10| 1|1 |1 000|1,000|1_000|NaN|Infinity|1.2.3|١|1\n'.split(
			'|'
		)
	)('%j is not a number', (text) => {
		expect(parseDecimal(text, 2)).toBe('not_a_number');
	});

	test.each([
		['10.050', 2],
		['10.001', 2],
		['1.0', 0],
		['99999999999999999999.123', 2]
	])('%s has too many decimals for %i digits', (text, digits) => {
		expect(parseDecimal(text, digits)).toBe('too_many_decimals');
	});

	test.each([
		['10000000000000', 2],
		['10000000000000.00', 2],
		['1000000000000000', 0],
		['9007199254740992', 0],
		['9'.repeat(5000), 3]
	])('%.20s is too large', (text, digits) => {
		expect(parseDecimal(text, digits)).toBe('too_large');
	});
});

describe('formatDecimal', () => {
	test.each([
		[20000, 2, '200.00'],
		[5, 2, '0.05'],
		[0, 2, '0.00'],
		[-0, 2, '0.00'],
		[-5, 2, '-0.05'],
		[-1005, 2, '-10.05'],
		[1500, 0, '1500'],
		[-7, 0, '-7'],
		[1, 4, '0.0001'],
		[MAX_AMOUNT, 2, '9999999999999.99'],
		[-MAX_AMOUNT, 3, '-999999999999.999']
	])('%i with %i digits is %s', (amount, digits, text) => {
		expect(formatDecimal(amount, digits)).toBe(text);
	});

	test.each([0.5, NaN, Infinity, MAX_AMOUNT + 1, -MAX_AMOUNT - 1])('%d is refused', (amount) => {
		expect(() => formatDecimal(amount, 2)).toThrow(RangeError);
	});
});

describe('both ways', () => {
	test('every amount comes back exactly', () => {
		fc.assert(
			fc.property(amounts, digitCounts, (amount, digits) => {
				expect(parseDecimal(formatDecimal(amount, digits), digits)).toBe(amount);
			})
		);
	});

	test('every canonical decimal comes back exactly, against BigInt', () => {
		fc.assert(
			fc.property(amounts, digitCounts, (amount, digits) => {
				const scale = 10n ** BigInt(digits);
				const whole = BigInt(amount) / scale;
				const rest = String(BigInt(amount) % scale).padStart(digits, '0');
				const text = digits === 0 ? `${whole}` : `${whole}.${rest}`;
				expect(formatDecimal(amount, digits)).toBe(text);
				expect(parseDecimal(text, digits)).toBe(amount);
			})
		);
	});

	test('whatever the text, the answer is an amount in range or a known problem', () => {
		const problems = ['not_a_number', 'too_many_decimals', 'too_large'];
		const texts = fc.oneof(fc.string(), fc.stringMatching(/^[0-9.,eE+-]{0,20}$/));
		fc.assert(
			fc.property(texts, digitCounts, (text, digits) => {
				const result = parseDecimal(text, digits);
				if (typeof result === 'string') return problems.includes(result);
				return Number.isInteger(result) && result >= 0 && result <= MAX_AMOUNT;
			})
		);
	});
});
