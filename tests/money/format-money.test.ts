import { describe, expect, test } from 'vitest';
import { formatMoney } from '$lib/money/format-money';
import { MAX_AMOUNT } from '$lib/money/money';

/** Direction marks steer how the text is laid out; what it says is the rest. */
function visible(text: string): string {
	return text.replace(/[\u200e\u200f\u061c\u2066\u2069]/g, '').replace(/\u00a0/g, ' ');
}

describe('formatMoney', () => {
	test.each([
		[1005, 'EUR', '€10.05'],
		[1000, 'EUR', '€10.00'],
		[123456789, 'USD', '$1,234,567.89'],
		[-1005, 'EUR', '-€10.05'],
		[1500, 'JPY', '¥1,500'],
		[1234, 'KWD', 'KWD 1.234'],
		[200000, 'YER', 'YER 2,000'],
		[200050, 'YER', 'YER 2,000.50'],
		[-200000, 'YER', '-YER 2,000'],
		[2000000, 'IQD', 'IQD 2,000'],
		[2000001, 'IQD', 'IQD 2,000.001'],
		[200000, 'TND', 'TND 200.000'],
		[1, 'CLF', 'CLF 0.0001'],
		[MAX_AMOUNT, 'EUR', '€9,999,999,999,999.99'],
		[MAX_AMOUNT, 'KWD', 'KWD 999,999,999,999.999'],
		[MAX_AMOUNT, 'JPY', '¥999,999,999,999,999']
	])('%i %s in English is %s', (amount, currency, text) => {
		expect(visible(formatMoney({ amount, currency }, 'en'))).toBe(text);
	});

	test.each([
		[1005, 'EUR', '١٠٫٠٥ €'],
		[200000, 'YER', '٢٬٠٠٠ ر.ي.'],
		[200050, 'YER', '٢٬٠٠٠٫٥٠ ر.ي.'],
		[1234, 'KWD', '١٫٢٣٤ د.ك.'],
		[1500000, 'IQD', '١٬٥٠٠ د.ع.'],
		[1005, 'USD', '١٠٫٠٥ US$'],
		[MAX_AMOUNT, 'EUR', '٩٬٩٩٩٬٩٩٩٬٩٩٩٬٩٩٩٫٩٩ €']
	])('%i %s in Arabic is %s', (amount, currency, text) => {
		expect(visible(formatMoney({ amount, currency }, 'ar'))).toBe(text);
	});

	test('an Arabic amount starts as right to left, whatever surrounds it', () => {
		expect(formatMoney({ amount: 1005, currency: 'EUR' }, 'ar').startsWith('\u200f')).toBe(true);
	});

	test('among Arabic, a sign after Latin letters is kept behind them', () => {
		const dollars = { amount: 1005, currency: 'USD' };
		expect(formatMoney(dollars, 'ar-YE')).toContain('\u2066US$\u2069');
		expect(formatMoney({ ...dollars, currency: 'EUR' }, 'ar')).not.toContain('\u2066');
		expect(formatMoney({ ...dollars, currency: 'CAD' }, 'en')).toBe('CA$10.05');
	});

	test('a locale may name its own digits', () => {
		const text = formatMoney({ amount: 1005, currency: 'EUR' }, 'ar-u-nu-latn');
		expect(visible(text)).toBe('10.05 €');
	});

	test('refuses what is no money', () => {
		expect(() => formatMoney({ amount: 0.1, currency: 'EUR' }, 'en')).toThrow(RangeError);
		expect(() => formatMoney({ amount: 1, currency: 'XAU' }, 'en')).toThrow(RangeError);
	});
});
