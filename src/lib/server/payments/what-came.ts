import { MAX_AMOUNT } from '$lib/money/money';
import { divideHalfEven } from '$lib/server/rates/divide-half-even';
import type { Attempt, AttemptTerms, Payment } from './payment';

/**
 * What a sum that came for a transfer is worth (decision 0011): the share of amount, fees and
 * conversion that it is of what was asked for, each rounded once, half to even. The payer's fee is
 * taken out of what came. Takes minor units of the provider's currency.
 */
export function termsOfWhatCame(attempt: Attempt, came: number): AttemptTerms {
	const ordered = attempt.ordered ?? termsOf(attempt);
	if (came === ordered.amount) return ordered;
	const share = (part: number) =>
		Number(divideHalfEven(BigInt(part) * BigInt(came), BigInt(ordered.amount)));
	const fee = share(ordered.fee);
	return {
		amount: came,
		// In one currency nothing is rounded away: what is no fee is the amount.
		userAmount: attempt.rate ? share(ordered.userAmount) : came - fee,
		fee,
		merchantFee: share(ordered.merchantFee),
		fxFee: share(ordered.fxFee)
	};
}

/** Whether a sum comes to an amount at all: at least one minor unit, and no more than can be. */
export function isAnAmount({ userAmount, fee, merchantFee }: AttemptTerms): boolean {
	return userAmount >= 1 && userAmount + fee <= MAX_AMOUNT && merchantFee <= MAX_AMOUNT;
}

/** The terms of an attempt, without the rest of it. */
export function termsOf(attempt: Attempt): AttemptTerms {
	const { amount, userAmount, fee, merchantFee, fxFee } = attempt;
	return { amount, userAmount, fee, merchantFee, fxFee };
}

/** What an attempt's row says once another sum is settled than it asked for. */
export function settledColumns(attempt: Attempt, terms: AttemptTerms) {
	return {
		amount: terms.amount,
		user_amount: terms.userAmount,
		fee: terms.fee,
		merchant_fee: terms.merchantFee,
		fx_fee: terms.fxFee,
		ordered: JSON.stringify(attempt.ordered ?? termsOf(attempt))
	};
}

/** See Payment.receivedAmount. */
export function receivedAmountOf({
	intent,
	state,
	reversed,
	attempt
}: Pick<Payment, 'intent' | 'state' | 'reversed' | 'attempt'>): number {
	if (intent === 'withdrawal' || !attempt || reversed) return 0;
	const paid = state === 'succeeded' ? attempt.userAmount : 0;
	if (attempt.receivedAmount === 0) return paid;
	return Math.max(paid, termsOfWhatCame(attempt, attempt.receivedAmount).userAmount);
}

/** What bookings ask of an attempt that brought money. */
export function bookedOf({ currency }: Payment, attempt: Attempt) {
	const { userAmount: amount, fee, merchantFee, fxFee } = attempt;
	const provider = { amount: attempt.amount, currency: attempt.currency };
	return { currency, amount, fee, merchantFee, provider, fxFee };
}
