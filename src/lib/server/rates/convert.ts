import { digitsOf } from '$lib/money/currencies';
import { MAX_AMOUNT, type Money } from '$lib/money/money';
import { divideHalfEven } from './divide-half-even';
import { readRate } from './read-rate';

/**
 * What `amount` is worth in another currency, in that one's minor units: exact, and rounded once,
 * half to even (architecture.md, FX). `rate` is how many units of `to` one unit of the amount's
 * currency is worth, as `findRate` gives it. Undefined where the result is less than one minor unit
 * or beyond MAX_AMOUNT.
 * @throws RangeError for what isn't a currency, an integer of minor units or a rate: a defect.
 */
export function convert({ amount, currency }: Money, to: string, rate: string): number | undefined {
	const fraction = readRate(rate);
	if (!fraction) throw new RangeError('not a rate');
	const { units, digits } = fraction;
	const worth = BigInt(amount) * units * 10n ** BigInt(digitsOf(to));
	const converted = divideHalfEven(worth, 10n ** BigInt(digits + digitsOf(currency)));
	return converted >= 1n && converted <= MAX_AMOUNT ? Number(converted) : undefined;
}
