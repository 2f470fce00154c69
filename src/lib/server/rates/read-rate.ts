/** A rate as a fraction: `units` / 10^`digits`. */
interface RateFraction {
	units: bigint;
	digits: number;
}

/**
 * Reads a rate: a decimal above 0 with at most 12 digits before the point and 12 behind it, without
 * sign, exponent or leading zeros. Undefined for anything else.
 */
export function readRate(text: string): RateFraction | undefined {
	const match = /^(0|[1-9]\d{0,11})(?:\.(\d{1,12}))?$/.exec(text);
	if (!match) return undefined;
	const [, whole = '', fraction = ''] = match;
	const units = BigInt(whole + fraction);
	return units > 0n ? { units, digits: fraction.length } : undefined;
}
