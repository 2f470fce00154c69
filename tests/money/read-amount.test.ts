import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDecimal } from '$lib/money/decimal';
import { MAX_AMOUNT } from '$lib/money/money';
import { readAmount } from '$lib/money/read-amount';

const digitCounts = fc.constantFrom(0, 2, 3, 4);
const amounts = fc.integer({ min: 0, max: MAX_AMOUNT });
const locales = fc.constantFrom('en', 'ar');

describe('a clear amount', () => {
	test.each([
		['10.05', 1005],
		['10,05', 1005],
		['10,5', 1050],
		['10', 1000],
		[' 10 ', 1000],
		['10.', 1000],
		['.5', 50],
		[',50', 50],
		['0,500', 50],
		['007', 700],
		['1234.500', 123450],
		['1,234', 123400],
		['1,234.56', 123456],
		['1.234,56', 123456],
		['1,234,567', 123456700],
		['1.234.567', 123456700],
		['12,34,567.80', 123456780],
		['1 234,56', 123456],
		['1\u202f234\u00a0567,8', 123456780],
		["1'234.50", 123450],
		['1’234’567', 123456700],
		['٢٠٠', 20000],
		['١٠٫٠٥', 1005],
		['١٬٢٣٤٫٥٠', 123450],
		['١٠،٥', 1050],
		['\u200f١٠٫٥\u200f', 1050],
		['۱۰٫۰۵', 1005],
		['१०.०५', 1005],
		['１０．０５', 1005],
		['9999999999999.99', MAX_AMOUNT]
	])('%j in euros', (text, amount) => {
		expect(readAmount(text, 2, 'en')).toEqual({ amount });
		expect(readAmount(text, 2, 'ar')).toEqual({ amount });
	});

	test.each([
		['5.250', 3, 5250],
		['1,234.5', 3, 1234500],
		['1234,567', 3, 1234567],
		['1 234.567', 3, 1234567],
		['١٫٢٣٤', 3, 1234],
		['١٬٢٣٤', 3, 1234000],
		['1,234', 0, 1234],
		['1500', 0, 1500],
		['100.00', 0, 100]
	])('%j with %i digits', (text, digits, amount) => {
		expect(readAmount(text, digits, 'en')).toEqual({ amount });
		expect(readAmount(text, digits, 'ar')).toEqual({ amount });
	});

	test('in a locale of decimal commas, comma and dot change places', () => {
		expect(readAmount('1.234', 2, 'de')).toEqual({ amount: 123400 });
		expect(readAmount('1,234', 3, 'de')).toEqual({ amount: 1234 });
		expect(readAmount('1.234', 3, 'de')).toMatchObject({ problem: 'ambiguous' });
	});
});

describe('asks back', () => {
	test.each([
		['1,234', 3, ['1234.000', '1.234']],
		['١،٢٣٤', 3, ['1234.000', '1.234']],
		['12,345', 4, ['12345.0000', '12.3450']],
		['1.500', 2, ['1500.00', '1.50']],
		['10.050', 2, ['10050.00', '10.05']],
		['50.000', 0, ['50000', '50']]
	])('%j with %i digits', (text, digits, readings) => {
		for (const locale of ['en', 'ar']) {
			expect(readAmount(text, digits, locale)).toEqual({ problem: 'ambiguous', readings });
		}
	});

	test('either reading, typed as it is shown, is clear', () => {
		const texts = fc.tuple(
			fc.integer({ min: 1, max: 999 }),
			fc.constantFrom('.', ','),
			fc.integer({ min: 0, max: 999 })
		);
		fc.assert(
			fc.property(texts, digitCounts, locales, ([before, mark, after], digits, locale) => {
				const text = `${before}${mark}${String(after).padStart(3, '0')}`;
				const reading = readAmount(text, digits, locale);
				if (!('readings' in reading)) return;
				for (const choice of reading.readings) {
					const again = readAmount(choice, digits, locale);
					expect('amount' in again && formatDecimal(again.amount, digits)).toBe(choice);
				}
			})
		);
	});
});

describe('refuses', () => {
	test.each(['', ' ', '\u00a0\t', '\u200f'])('%j as empty', (text) => {
		expect(readAmount(text, 2, 'en')).toEqual({ problem: 'empty' });
	});

	test.each(
		'abc|€10|10 EUR|-5|+5|1e3|.|,|٫|1.2.3|1,23,4|12 34|1,2345.00|0,123,456|1..5|1٫5٫0|1٬23|10²'.split(
			'|'
		)
	)('%j as no number', (text) => {
		expect(readAmount(text, 2, 'en')).toEqual({ problem: 'not_a_number' });
	});

	test('a very long text', () => {
		expect(readAmount('1'.repeat(100_000), 2, 'en')).toEqual({ problem: 'not_a_number' });
	});

	test.each([
		['1.234', 2, 'en'],
		['1.234', 2, 'ar'],
		['10,055', 2, 'de'],
		['0.001', 2, 'en'],
		['1234,567', 2, 'en'],
		['1.5', 0, 'en'],
		['٠٫٠٠١', 2, 'ar']
	])('%j for its decimals with %i digits in %s', (text, digits, locale) => {
		expect(readAmount(text, digits, locale)).toEqual({ problem: 'too_many_decimals' });
	});

	test.each(['10000000000000', '10,000,000,000,000.00', '9'.repeat(60)])(
		'%s as too large',
		(text) => {
			expect(readAmount(text, 2, 'en')).toEqual({ problem: 'too_large' });
		}
	);
});

describe('whatever was typed', () => {
	test('every amount that the page writes into the field is read back exactly', () => {
		fc.assert(
			fc.property(amounts, digitCounts, locales, (amount, digits, locale) => {
				expect(readAmount(formatDecimal(amount, digits), digits, locale)).toEqual({ amount });
			})
		);
	});

	test('every amount with Arabic digits, groups and decimal mark is read exactly', () => {
		fc.assert(
			fc.property(amounts, digitCounts, locales, (amount, digits, locale) => {
				const written = new Intl.NumberFormat('ar-u-nu-arab', {
					minimumFractionDigits: digits
				}).format(formatDecimal(amount, digits) as Intl.StringNumericLiteral);
				expect(readAmount(written, digits, locale)).toEqual({ amount });
			})
		);
	});

	test('the answer is an amount in range or a problem', () => {
		const texts = fc.oneof(fc.string(), fc.stringMatching(/^[0-9٠-٩.,٫٬' ]{0,24}$/));
		fc.assert(
			fc.property(texts, digitCounts, locales, (text, digits, locale) => {
				const reading = readAmount(text, digits, locale);
				if ('problem' in reading) return;
				expect(Number.isInteger(reading.amount)).toBe(true);
				expect(reading.amount).toBeGreaterThanOrEqual(0);
				expect(reading.amount).toBeLessThanOrEqual(MAX_AMOUNT);
			})
		);
	});
});
