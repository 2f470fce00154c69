import type { Context } from '$lib/server/context';
import { choose } from '$lib/server/routing/choose';
import type { Question } from '$lib/server/routing/decision';
import type { Terms } from '$lib/server/routing/terms';
import { describeCard } from './describe-card';
import type { Card, Payment } from './payment';
import type { PayerFacts } from './payer-facts';
import { needsQuote, sealQuote } from './quote';

export interface QuotedTerms {
	terms: Terms;
	/** What the form carries; null where there is nothing to agree to. */
	sealed: string | null;
}

interface Wanted {
	payment: Payment;
	/** The name of an offer. */
	method: string;
	/** Minor units of the payment's currency. */
	amount: number;
	payer: PayerFacts;
	/** A saved card, which is good at its account only. */
	kept?: { brand: string | null; accountId: number };
	/** A card that was typed: rules may go by it. */
	card?: Card;
}

/**
 * The terms on which a deposit would be tried first, to be shown to the payer before it is sent.
 * Nothing is written. Undefined: nobody takes it now.
 */
export async function quoteDeposit(
	context: Context,
	{ payment, method, amount, payer, kept, card }: Wanted
): Promise<QuotedTerms | undefined> {
	const { merchantId, mode, transactionId, currency } = payment;
	const { choices } = await choose(context, {
		merchantId,
		mode,
		intent: 'deposit',
		transactionId,
		method,
		amount,
		currency,
		payer,
		card: cardFacts(kept, card),
		accountId: kept?.accountId
	});
	const [first] = choices;
	if (!first) return undefined;
	const { terms, account } = first;
	const quote = { transactionId, method, amount, accountId: account.id, terms };
	return { terms, sealed: needsQuote(terms) ? sealQuote(context, quote) : null };
}

function cardFacts(kept: Wanted['kept'], card: Wanted['card']): Question['card'] {
	if (card) return { brand: describeCard(card).card_brand, bin: card.number.slice(0, 8) };
	return kept && { brand: kept.brand, bin: '' };
}
