import { divideHalfEven } from '$lib/server/rates/divide-half-even';

/** Percentages have at most six decimals: they are counted in millionths of a percent. */
const DECIMALS = 6;
const WHOLE = 100n * 10n ** BigInt(DECIMALS);

/**
 * The sum of percentages (decimal texts such as "1.5") of an amount of minor units: exact, rounded
 * once, half to even.
 */
export function percentOf(amount: number, percents: readonly string[]): number {
	const sum = percents.reduce((total, percent) => total + millionthsOf(percent), 0n);
	if (sum === 0n) return 0;
	return Number(divideHalfEven(BigInt(amount) * sum, WHOLE));
}

function millionthsOf(percent: string): bigint {
	const [whole = '', fraction = ''] = percent.split('.');
	return BigInt(whole + fraction.padEnd(DECIMALS, '0'));
}
