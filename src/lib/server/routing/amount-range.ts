import { MAX_AMOUNT } from '$lib/money/money';
import { termsFor, type Pricing } from './terms';

/** What a payer may enter, minor units of the payment's currency; null: any. */
export interface AmountRange {
	lowest: number | null;
	highest: number | null;
}

/**
 * The amounts that an account takes; undefined: none. Limits in the provider's currency, rounding
 * and fees that eat small withdrawals up leave no formula to turn round, so the ends are searched:
 * the terms themselves decide.
 */
export function amountRange(pricing: Pricing): AmountRange | undefined {
	const isEnough = (amount: number) => termsFor(pricing, amount) !== 'below_lowest';
	const isTooHigh = (amount: number) => termsFor(pricing, amount) === 'above_highest';
	const lowest = firstAmount(isEnough, [1, Math.max(1, ...boundsOf(pricing, 'lowest'))]);
	if (lowest > MAX_AMOUNT || isTooHigh(lowest)) return undefined;
	// Without such a limit it is the largest amount there is that ends the range.
	const isLimited = pricing.limits.some((limit) => limit.highest !== null);
	if (!isLimited) return { lowest: lowest === 1 ? null : lowest, highest: null };
	const end = Math.min(MAX_AMOUNT, ...boundsOf(pricing, 'highest')) + 1;
	return { lowest: lowest === 1 ? null : lowest, highest: firstAmount(isTooHigh, [end]) - 1 };
}

/** The limits that are told in the payment's own currency. */
function boundsOf({ limits, currency }: Pricing, end: 'lowest' | 'highest'): number[] {
	return limits.flatMap((limit) => (limit.currency === currency ? (limit[end] ?? []) : []));
}

/**
 * The first amount from which on `holds` is true; MAX_AMOUNT + 1: for none. Most ranges end at a
 * limit as it is written, so what is `likely` is tried before the search: a page asks often.
 */
function firstAmount(holds: (amount: number) => boolean, likely: readonly number[]): number {
	let from = 1;
	let until = MAX_AMOUNT + 1;
	for (const amount of likely) {
		if (amount < from || amount >= until) continue;
		if (!holds(amount)) from = amount + 1;
		else if (amount === from || !holds(amount - 1)) return amount;
		else until = amount - 1;
	}
	while (from < until) {
		const middle = Math.floor((from + until) / 2);
		if (holds(middle)) until = middle;
		else from = middle + 1;
	}
	return from;
}
