import type { Context } from '$lib/server/context';
import type { Choice } from '$lib/server/routing/decision';
import type { Terms } from '$lib/server/routing/terms';
import type { Deposit } from './deposit';
import { needsQuote, openQuote } from './quote';

/**
 * The accounts that may be tried on the terms that the payer agreed to: the one that was quoted, at
 * the quoted rate, and after it those that cost the payer the same. Undefined: the payer has to
 * agree anew.
 */
export function agreedChoices(
	context: Context,
	{ agreed, payment, method, amount }: Deposit,
	choices: Choice[]
): Choice[] | undefined {
	if (agreed === 'merchant') return choices;
	const [first] = choices;
	if (!first || !needsQuote(first.terms)) {
		return choices.filter(({ terms }) => !needsQuote(terms));
	}
	const { transactionId } = payment;
	const quote = openQuote(context, agreed, { transactionId, method, amount });
	const quoted = choices.find(({ account }) => account.id === quote?.accountId);
	if (!quote || !quoted) return undefined;
	const others = choices.filter(
		(choice) => choice !== quoted && costsSame(choice.terms, quote.terms)
	);
	return [{ ...quoted, terms: quote.terms }, ...others];
}

function costsSame(one: Terms, other: Terms): boolean {
	return (
		one.fee === other.fee &&
		one.provider.amount === other.provider.amount &&
		one.provider.currency === other.provider.currency
	);
}
