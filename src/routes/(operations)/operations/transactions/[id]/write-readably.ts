import { digitsOf } from '$lib/money/currencies';
import { formatDecimal } from '$lib/money/decimal';

/** JSON for eyes: moments as ISO 8601, money as `10.05 EUR`, and without fields that are null. */
export function writeReadably(story: object): string {
	return `${JSON.stringify(story, readable, 2)}\n`;
}

function readable(name: string, value: unknown): unknown {
	if (value === null) return undefined;
	const isMoment = name === 'at' || name.endsWith('At') || name.endsWith('Until');
	if (isMoment && typeof value === 'number') return new Date(value).toISOString();
	if (!isMoney(value)) return value;
	return `${formatDecimal(value.amount, digitsOf(value.currency))} ${value.currency}`;
}

function isMoney(value: unknown): value is { amount: number; currency: string } {
	const { amount, currency, ...rest } = Object(value) as Record<string, unknown>;
	const isBare = Object.keys(rest).length === 0;
	return isBare && typeof amount === 'number' && typeof currency === 'string';
}
