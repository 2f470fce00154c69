import { digitsOf } from '$lib/money/currencies';
import { MAX_AMOUNT, type Money } from '$lib/money/money';
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

/** Of a dividend below 0 it only says that it is: nobody converts a debt. */
function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
	const quotient = dividend / divisor;
	const twice = 2n * (dividend % divisor);
	const goesUp = twice > divisor || (twice === divisor && quotient % 2n === 1n);
	return goesUp ? quotient + 1n : quotient;
}
