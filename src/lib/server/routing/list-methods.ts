import type { Context } from '$lib/server/context';
import type { MethodKind, MethodOffer } from '$lib/server/providers/method';
import { amountRange, type AmountRange } from './amount-range';
import { decide, type Candidate } from './decide';
import { reasonsInOrder, type LeftOut, type Question } from './decision';
import type { Asked } from './failing-condition';
import { fitOf, offersOf, providerCurrencyOf } from './fit-of';
import type { ProviderAccount } from './provider-account';
import { readFacts, type Facts } from './read-facts';
import { termsFor, type Terms } from './terms';

/** A method that a merchant's accounts offer, and how it stands with it for one payment. */
export interface MethodView {
	name: string;
	kind: MethodKind;
	/** A brand's own name; null: it is named for its kind. */
	label: string | null;
	/** Card brands that some usable account takes, as `card-validator` spells them. */
	brands: string[];
	/** How long the money takes at the account that would be tried first. */
	takes: MethodOffer['takes'];
	usable: boolean;
	/** The name of the one that would be tried first; null: not usable. */
	provider: string | null;
	/** What stands against it at the account that came nearest; null: it is usable. */
	because: LeftOut | null;
	/** What may be entered, minor units of the payment's currency, whichever account takes it. */
	lowest: number | null;
	highest: number | null;
	/** At the account that would be tried first; null: not usable, or no amount yet. */
	terms: Terms | null;
}

interface Listed extends Omit<Question, 'method' | 'card' | 'amount'> {
	/** Minor units of `currency`; null: not chosen yet. */
	amount: number | null;
	/** Names the session allows; null: all. */
	names: string[] | null;
}

/**
 * Every method that an enabled account of the merchant offers for an intent, once: cards first, the
 * others as the accounts have them, oldest account first. A name means one
 * kind, whichever provider offers it. Rules that ask for the card are taken not to hold, since it is not
 * known yet: the terms may turn out to be others. Opens no credentials.
 */
export async function listMethods(context: Context, listed: Listed): Promise<MethodView[]> {
	const facts = await readFacts(context, listed);
	const { intent, names, accountId } = listed;
	const accounts = facts.accounts.filter(({ id }) => accountId === undefined || accountId === id);
	const offered = new Map<string, MethodKind>();
	for (const { provider, settings } of facts.set === undefined ? [] : accounts) {
		for (const { name, kind } of offersOf(provider, intent)) {
			const isOn = settings.methods?.includes(name) ?? true;
			const isWanted = names?.includes(name) ?? true;
			if (isOn && isWanted && !offered.has(name)) offered.set(name, kind);
		}
	}
	const views = [...offered].map(([name, kind]) =>
		viewMethod({ ...listed, method: name }, kind, { ...facts, accounts })
	);
	return [...views].sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ kind }: MethodView): number {
	return kind === 'card' ? 0 : 1;
}

/** An account that offers the method. */
interface Offering extends Candidate {
	offer: MethodOffer;
	/** Null: it is left out whatever the amount. */
	range: AmountRange | null;
	terms: Terms | null;
}

function viewMethod(asked: Asked, kind: MethodKind, facts: Facts): MethodView {
	const offering = facts.accounts.flatMap((account) => {
		const offer = offersOf(account.provider, asked.intent).find(
			({ name }) => name === asked.method
		);
		const isOn = account.settings.methods?.includes(asked.method) ?? true;
		return offer && isOn ? offeringOf(account, offer, { asked, facts }) : [];
	});
	const { set, tags } = facts;
	const [first] = decide(asked, offering, { set: set ?? null, tags }).order;
	const nearest = first ?? nearestOf(offering);
	const usable = offering.filter(({ because }) => because === null);
	return {
		name: asked.method,
		kind,
		label: nearest?.offer.label ?? null,
		brands: brandsOf(usable.length > 0 ? usable : offering),
		takes: nearest?.offer.takes ?? 'days',
		usable: first !== undefined,
		provider: first?.account.provider.name ?? null,
		because: nearest?.because ?? null,
		...widest(offering),
		terms: first?.terms ?? null
	};
}

function offeringOf(
	account: ProviderAccount,
	offer: MethodOffer,
	{ asked, facts }: { asked: Asked; facts: Facts }
): Offering {
	const converts = providerCurrencyOf(account, asked.currency) !== asked.currency;
	const own = { account, offer, converts, terms: null };
	const fit = fitOf(account, asked, facts);
	if (typeof fit === 'string') return { ...own, because: fit, range: null };
	const range = amountRange(fit.pricing);
	// No amount fits: fees take all of it, or limits shut each other out.
	if (!range) return { ...own, because: 'below_lowest', range: null };
	if (asked.amount === null) return { ...own, because: null, range };
	const terms = termsFor(fit.pricing, asked.amount);
	if (typeof terms === 'string') return { ...own, because: terms, range };
	return { ...own, because: null, range, terms };
}

function nearestOf(offering: Offering[]): Offering | undefined {
	const progress = ({ because }: Offering) => (because ? reasonsInOrder.indexOf(because) : -1);
	return [...offering].sort((a, b) => progress(b) - progress(a))[0];
}

/** From the least that one of the accounts takes to the most that one does. */
function widest(offering: Offering[]): AmountRange {
	const ranges = offering.flatMap(({ range }) => range ?? []);
	return {
		lowest: extreme(
			Math.min,
			ranges.map(({ lowest }) => lowest)
		),
		highest: extreme(
			Math.max,
			ranges.map(({ highest }) => highest)
		)
	};
}

/** Null, for no bound, is beyond every bound. */
function extreme(pick: (...values: number[]) => number, bounds: (number | null)[]): number | null {
	const known = bounds.filter((bound) => bound !== null);
	return known.length === bounds.length && known.length > 0 ? pick(...known) : null;
}

function brandsOf(offering: Offering[]): string[] {
	return [...new Set(offering.flatMap(({ offer }) => offer.brands ?? []))];
}
