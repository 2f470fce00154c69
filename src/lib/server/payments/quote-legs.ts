import type { Context } from '$lib/server/context';
import type { MethodOffer } from '$lib/server/providers/method';
import type { Terms } from '$lib/server/routing/terms';
import { chooseForLeg } from './choose-for-leg';
import type { NewLeg } from './leg';
import type { Payment } from './payment';

/** A leg on the terms of the account that would be asked first, as things are now. */
export interface QuotedLeg {
	leg: NewLeg;
	terms: Terms;
	takes: MethodOffer['takes'];
}

/** Undefined: no account takes one of them now. */
export async function quoteLegs(
	context: Context,
	payment: Payment,
	legs: readonly NewLeg[]
): Promise<QuotedLeg[] | undefined> {
	const quoted: QuotedLeg[] = [];
	for (const leg of legs) {
		const [choice] = (await chooseForLeg(context, payment, leg)).choices;
		if (!choice) return undefined;
		const { fee } = choice.terms;
		quoted.push({ leg: { ...leg, fee }, terms: choice.terms, takes: choice.offer.takes });
	}
	return quoted;
}
