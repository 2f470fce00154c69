import type { Question, Skipped } from './decision';
import type { Conditions } from './rule';

/** What conditions are held against: a question whose amount may not be known yet. */
export interface Asked extends Omit<Question, 'amount'> {
	/** Minor units of `currency`; null: not chosen yet, so that no bound of it holds. */
	amount: number | null;
}

/**
 * The first condition that does not hold, or undefined where all do. What is not known (the amount,
 * the card, the country) meets no condition that asks for it.
 */
export function failingCondition(
	when: Conditions,
	{ mode, intent, method, currency, amount, payer, card }: Asked,
	tags: readonly string[]
): Skipped | undefined {
	const conditions: [Skipped, boolean][] = [
		['modes', isIn(when.modes, mode)],
		['intents', isIn(when.intents, intent)],
		['methods', isIn(when.methods, method)],
		['currencies', isIn(when.currencies, currency)],
		['amount', isWithin(when, amount, currency)],
		['countries', isIn(when.countries, payer.country)],
		['kyc', isIn(when.kyc, payer.kycStatus ?? 'none')],
		['brands', isIn(when.brands, card?.brand ?? null)],
		['bins', !when.bins || when.bins.some((bin) => card?.bin.startsWith(bin))],
		['tags', !when.tags || when.tags.some((tag) => tags.includes(tag))]
	];
	return conditions.find(([, holds]) => !holds)?.[0];
}

function isIn<T>(list: readonly T[] | undefined, value: T | null): boolean {
	return !list || (value !== null && list.includes(value));
}

function isWithin(when: Conditions, amount: number | null, currency: string): boolean {
	const { lowest, highest } = when;
	if (when.currency === undefined) return true;
	if (amount === null || when.currency !== currency) return false;
	return amount >= (lowest ?? 0) && amount <= (highest ?? amount);
}
