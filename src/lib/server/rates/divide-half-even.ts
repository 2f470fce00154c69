/**
 * A quotient of integers, rounded once, half to even. Of a dividend below 0 it only says that it is:
 * nobody converts a debt.
 */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
	const quotient = dividend / divisor;
	const twice = 2n * (dividend % divisor);
	const goesUp = twice > divisor || (twice === divisor && quotient % 2n === 1n);
	return goesUp ? quotient + 1n : quotient;
}
