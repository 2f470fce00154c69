import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_AMOUNT } from '../../src/lib/money/money';
import { amountRange } from '../../src/lib/server/routing/amount-range';
import { termsFor, type Pricing } from '../../src/lib/server/routing/terms';

const bound = fc.option(fc.integer({ min: 0, max: 100_000 }));
const percent = fc.constantFrom('0', '1.5', '50', '100');

const limit = fc.record({
	method: fc.constant(null),
	intent: fc.constant(null),
	currency: fc.constantFrom('EUR', 'USD'),
	lowest: bound,
	highest: bound
});

const fees = fc.record({
	fixed: fc.constantFrom(0, 30, MAX_AMOUNT),
	percents: fc.array(percent, { maxLength: 2 })
});

const pricing: fc.Arbitrary<Pricing> = fc
	.record({
		intent: fc.constantFrom('deposit' as const, 'withdrawal' as const),
		rate: fc.option(fc.constantFrom('1.0842', '0.0001', '161.3')),
		fxPercent: percent,
		payer: fees,
		merchant: fees,
		limits: fc.array(limit, { maxLength: 3 })
	})
	.map(({ rate, ...rest }) => ({
		...rest,
		currency: 'EUR',
		providerCurrency: rate === null ? 'EUR' : 'USD',
		rate: rate === null ? null : { rate, source: 'bank', date: '2026-11-20' }
	}));

test('a range ends where the terms say so, and is none where no amount fits', () => {
	fc.assert(
		fc.property(pricing, fc.integer({ min: 1, max: 200_000 }), (asked, some) => {
			const range = amountRange(asked);
			const verdict = (amount: number) => {
				const terms = termsFor(asked, amount);
				return typeof terms === 'string' ? terms : 'fits';
			};
			if (!range) {
				expect(verdict(some)).not.toBe('fits');
				return;
			}
			const { lowest, highest } = range;
			expect(verdict(lowest ?? 1)).toBe('fits');
			if (lowest !== null) expect(verdict(lowest - 1)).toBe('below_lowest');
			if (highest === null) return;
			expect(verdict(highest)).toBe('fits');
			if (highest < MAX_AMOUNT) expect(verdict(highest + 1)).toBe('above_highest');
		}),
		{ numRuns: 3000 }
	);
});
