import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { digitsOf, isCurrency } from '$lib/money/currencies';

/** ISO 4217's own list one, as published, which the package carries beside its table. */
function listOne(): Map<string, string> {
	const path = createRequire(import.meta.url).resolve('currency-codes/iso-4217-list-one.xml');
	const entries = readFileSync(path, 'utf8').matchAll(
		/<Ccy>([A-Z]{3})<\/Ccy>\s*<CcyNbr>\d+<\/CcyNbr>\s*<CcyMnrUnts>([^<]+)</g
	);
	return new Map([...entries].map(([, code = '', digits = '']) => [code, digits]));
}

describe('currencies', () => {
	test.each([
		['EUR', 2],
		['YER', 2],
		['IQD', 3],
		['KWD', 3],
		['JPY', 0],
		['ISK', 0],
		['CLF', 4],
		['UYW', 4],
		['MGA', 2],
		['SLE', 2],
		['ZWG', 2],
		['XCG', 2],
		['XOF', 0]
	])('%s has %i digits', (code, digits) => {
		expect(isCurrency(code)).toBe(true);
		expect(digitsOf(code)).toBe(digits);
	});

	test('agrees with the published list, but for codes withdrawn since', () => {
		const published = listOne();
		expect(published.size).toBeGreaterThan(170);
		for (const [code, digits] of published) {
			const isPayable = digits !== 'N.A.' && !['ANG', 'CUC', 'BGN'].includes(code);
			expect([code, isCurrency(code)]).toEqual([code, isPayable]);
			if (isPayable) expect([code, digitsOf(code)]).toEqual([code, Number(digits)]);
		}
	});

	test.each(['XAU', 'XXX', 'XTS', 'XDR', 'HRK', 'SLL', 'BTC', 'eur', 'EU', '', '__proto__'])(
		'%j is none',
		(code) => {
			expect(isCurrency(code)).toBe(false);
			expect(() => digitsOf(code)).toThrow(RangeError);
		}
	);
});
