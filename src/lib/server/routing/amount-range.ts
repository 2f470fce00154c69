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
	const lowest = firstAmount((amount) => termsFor(pricing, amount) !== 'below_lowest');
	const tooHigh = firstAmount((amount) => termsFor(pricing, amount) === 'above_highest');
	const highest = tooHigh - 1;
	if (lowest > Math.min(highest, MAX_AMOUNT)) return undefined;
	// Without such a limit it is the largest amount there is that ends the range.
	const isLimited = pricing.limits.some((limit) => limit.highest !== null);
	return { lowest: lowest === 1 ? null : lowest, highest: isLimited ? highest : null };
}

/** The first amount from which on `holds` is true; MAX_AMOUNT + 1: for none. */
function firstAmount(holds: (amount: number) => boolean): number {
	let from = 1;
	let until = MAX_AMOUNT + 1;
	while (from < until) {
		const middle = Math.floor((from + until) / 2);
		if (holds(middle)) until = middle;
		else from = middle + 1;
	}
	return from;
}
