import { z } from 'zod';
import { isCurrency } from '$lib/money/currencies';
import { MAX_AMOUNT } from '$lib/money/money';

/** Fields that accounts' settings and rules have in common, each with its rule in words. */

export const currencyCode = z
	.string({ error: 'must be text' })
	.refine(isCurrency, 'must be a currency of ISO 4217');

export const countryCode = z
	.string({ error: 'must be text' })
	.regex(/^[A-Z]{2}$/, 'must be two capital letters (ISO 3166)');

export const methodName = z
	.string({ error: 'must be the name of a method' })
	.regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be the name of a method');

export const intent = z.enum(['deposit', 'withdrawal'], {
	error: 'must be deposit or withdrawal'
});

export const minorUnits = z
	.int({ error: 'must be a whole number of minor units' })
	.min(0, 'must not be below 0')
	.max(MAX_AMOUNT, `must be at most ${MAX_AMOUNT}`);

/** A list that says something: an empty one would shut everything out, which nobody means. */
export function listOf<T>(entry: z.ZodType<T>, most: number) {
	return z
		.array(entry, { error: 'must be a list' })
		.min(1, 'must not be empty')
		.max(most, `must have at most ${most} entries`);
}

/** A list that may be empty, as it is where it is left out. */
export function anyOf<T>(entry: z.ZodType<T>, most: number) {
	return z
		.array(entry, { error: 'must be a list' })
		.max(most, `must have at most ${most} entries`)
		.default([]);
}
