import type { Context } from '$lib/server/context';
import type { Choice, Decision, LeftOut, Question } from './decision';
import { decide, type Candidate } from './decide';
import { fitOf, providerCurrencyOf, type Fit } from './fit-of';
import type { ProviderAccount } from './provider-account';
import { readFacts, type Facts } from './read-facts';
import { termsFor, type Terms } from './terms';

/**
 * The accounts that a payment is tried at, in order, and why. The same question gets the same
 * answer for as long as accounts, rules and rates stay as they are. No choices: nobody takes it,
 * and also where the call names a set or an account that the merchant has not got in this mode
 * (`hasRoutingSet` and `findProviderAccount` tell). Throws where credentials do not open: before
 * anything was written or sent.
 */
export async function choose(context: Context, question: Question): Promise<Decision> {
	const facts = await readFacts(context, question);
	const candidates = facts.accounts.map((account) => candidateOf(account, question, facts));
	const { order, explanation } = decide(question, candidates, {
		set: facts.set ?? null,
		tags: facts.tags
	});
	const choices = order.flatMap(({ account, fit, terms }): Choice[] =>
		fit && terms ? [{ account, offer: fit.offer, terms }] : []
	);
	for (const { account } of choices) void account.call;
	return { choices, explanation };
}

interface Priced extends Candidate {
	fit: Fit | null;
	terms: Terms | null;
}

function candidateOf(account: ProviderAccount, question: Question, facts: Facts): Priced {
	const { currency, amount } = question;
	const converts = providerCurrencyOf(account, currency) !== currency;
	const leftOut = (because: LeftOut) => ({ account, converts, because, fit: null, terms: null });
	if (!isNamed(account, question, facts)) return leftOut('not_named');
	const fit = fitOf(account, question, facts);
	if (typeof fit === 'string') return leftOut(fit);
	const terms = termsFor(fit.pricing, amount);
	if (typeof terms === 'string') return leftOut(terms);
	return { account, converts, because: null, fit, terms };
}

function isNamed({ id }: ProviderAccount, { accountId }: Question, { set }: Facts): boolean {
	return set !== undefined && (accountId === undefined || accountId === id);
}
