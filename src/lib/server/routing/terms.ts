import { MAX_AMOUNT, type Money } from '$lib/money/money';
import type { Intent } from '$lib/server/db/schema';
import { convert } from '$lib/server/rates/convert';
import type { AccountSettings, AmountLimit } from './account-settings';
import { percentOf } from './percent-of';

/** What one payment costs at one account. */
export interface Terms {
	/** What the payer bears, minor units of the payment's currency: on top of a deposit, off a withdrawal. */
	fee: number;
	/** What the merchant bears, minor units of the payment's currency. */
	merchantFee: number;
	/** What the provider moves. */
	provider: Money;
	/** One unit of the payment's currency in units of the provider's; null: the same currency. */
	rate: Rate | null;
	/** The fee for converting, inside `provider.amount`: minor units of its currency. */
	fxFee: number;
}

export interface Rate {
	rate: string;
	source: string;
	/** `YYYY-MM-DD`. */
	date: string;
}

/** What an account's settings say of the price of one method, for any amount. */
export interface Pricing {
	intent: Intent;
	/** The payment's. */
	currency: string;
	providerCurrency: string;
	/** Null: the same currency. */
	rate: Rate | null;
	fxPercent: string;
	payer: FeeSum;
	merchant: FeeSum;
	limits: AmountLimit[];
}

interface FeeSum {
	/** Minor units of the payment's currency. */
	fixed: number;
	percents: string[];
}

/** The fees and limits that fit a method, an intent and the payment's currency. */
export function pricingOf(
	{ fees, limits, fxPercent }: AccountSettings,
	asked: { method: string; intent: Intent; currency: string },
	{ providerCurrency, rate }: { providerCurrency: string; rate: Rate | null }
): Pricing {
	const { method, intent, currency } = asked;
	const fits = (one: { method: string | null; intent: Intent | null }) =>
		(one.method ?? method) === method && (one.intent ?? intent) === intent;
	const sumFor = (bearer: 'payer' | 'merchant'): FeeSum => {
		const own = fees.filter(
			(fee) => fee.bearer === bearer && fits(fee) && (fee.currency ?? currency) === currency
		);
		return {
			fixed: own.reduce((sum, { fixed }) => sum + fixed, 0),
			percents: own.map(({ percent }) => percent)
		};
	};
	const bounded = [currency, providerCurrency];
	return {
		intent,
		currency,
		providerCurrency,
		rate,
		fxPercent,
		payer: sumFor('payer'),
		merchant: sumFor('merchant'),
		limits: limits.filter((limit) => fits(limit) && bounded.includes(limit.currency))
	};
}

/**
 * The terms for what the payer enters (minor units of the payment's currency), or which way the
 * amount misses the limits. A withdrawal that fees eat up is too low; what cannot be written as an
 * amount is too low or too high. Of rising amounts, first come those that are too low, then those
 * that fit, then those that are too high.
 */
export function termsFor(
	pricing: Pricing,
	amount: number
): Terms | 'below_lowest' | 'above_highest' {
	const { intent, currency, providerCurrency, rate, fxPercent, limits } = pricing;
	const fee = feeOf(pricing.payer, amount);
	const merchantFee = feeOf(pricing.merchant, amount);
	const priced = intent === 'deposit' ? amount + fee : amount - fee;
	if (priced < 1) return 'below_lowest';
	if (priced > MAX_AMOUNT || merchantFee > MAX_AMOUNT) return 'above_highest';
	const moved = rate ? exchange({ amount: priced, currency }, providerCurrency, rate) : priced;
	if (typeof moved === 'string') return moved;
	const fxFee = rate ? percentOf(moved, [fxPercent]) : 0;
	const provider = {
		amount: intent === 'deposit' ? moved + fxFee : moved - fxFee,
		currency: providerCurrency
	};
	if (provider.amount < 1) return 'below_lowest';
	if (provider.amount > MAX_AMOUNT) return 'above_highest';
	const measured = (limit: AmountLimit) => (limit.currency === currency ? amount : provider.amount);
	if (limits.some((limit) => measured(limit) < (limit.lowest ?? 0))) return 'below_lowest';
	if (limits.some((limit) => measured(limit) > (limit.highest ?? MAX_AMOUNT))) {
		return 'above_highest';
	}
	return { fee, merchantFee, provider, rate, fxFee };
}

function feeOf({ fixed, percents }: FeeSum, amount: number): number {
	return fixed + percentOf(amount, percents);
}

function exchange(money: Money, to: string, { rate }: Rate) {
	const converted = convert(money, to, rate);
	if (converted !== undefined) return converted;
	// A rate by which even the largest amount can be written makes none too large.
	const largest = convert({ ...money, amount: MAX_AMOUNT }, to, rate);
	return largest === undefined ? 'above_highest' : 'below_lowest';
}
