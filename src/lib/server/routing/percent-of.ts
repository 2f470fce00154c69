/** Percentages have at most six decimals: they are counted in millionths of a percent. */
const DECIMALS = 6;
const WHOLE = 100n * 10n ** BigInt(DECIMALS);

/**
 * The sum of percentages (decimal texts such as "1.5") of an amount of minor units: exact, rounded
 * once, half to even.
 */
export function percentOf(amount: number, percents: readonly string[]): number {
	const sum = percents.reduce((total, percent) => total + millionthsOf(percent), 0n);
	const product = BigInt(amount) * sum;
	const floor = product / WHOLE;
	const twice = (product % WHOLE) * 2n;
	const isUp = twice > WHOLE || (twice === WHOLE && floor % 2n === 1n);
	return Number(isUp ? floor + 1n : floor);
}

function millionthsOf(percent: string): bigint {
	const [whole = '', fraction = ''] = percent.split('.');
	return BigInt(whole + fraction.padEnd(DECIMALS, '0'));
}
