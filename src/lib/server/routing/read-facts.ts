import type { Context } from '$lib/server/context';
import { readPayerTags } from '$lib/server/merchants/payer-tags';
import { findRate } from '$lib/server/rates/find-rate';
import type { Question } from './decision';
import { providerCurrencyOf } from './fit-of';
import { listProviderAccounts, type ProviderAccount } from './provider-account';
import { findRoutingSet, type RoutingSet } from './routing-set';
import type { Rate } from './terms';

/** All that a decision goes by, besides the question. */
export interface Facts {
	/** The enabled accounts, oldest first. */
	accounts: ProviderAccount[];
	/** Null: the merchant has no default, or the call names an account. Undefined: no such set. */
	set: RoutingSet | null | undefined;
	/** Of the payer; read only where a rule asks for them. */
	tags: readonly string[];
	/** From the payment's currency, by the currency they lead to. */
	rates: ReadonlyMap<string, Rate>;
	/** Milliseconds since 1970. */
	now: number;
}

type About = Pick<
	Question,
	'merchantId' | 'mode' | 'currency' | 'payer' | 'routingSetId' | 'accountId'
>;

/** Reads accounts and rules once, and a rate for each currency that an account would convert to. */
export async function readFacts(context: Context, about: About): Promise<Facts> {
	const now = context.clock.now();
	const [accounts, set] = await Promise.all([
		listProviderAccounts(context, about),
		readSet(context, about)
	]);
	const [tags, rates] = await Promise.all([
		readTags(context, about, set),
		readRates(context, about.currency, { accounts, now })
	]);
	return { accounts, set, tags, rates, now };
}

async function readSet(
	context: Context,
	{ merchantId, mode, routingSetId: id, accountId }: About
): Promise<RoutingSet | null | undefined> {
	if (accountId !== undefined) return null;
	const set = await findRoutingSet(context, { merchantId, mode, id });
	return set ?? (id === undefined ? null : undefined);
}

async function readTags(
	context: Context,
	{ merchantId, mode, payer: { reference } }: About,
	set: RoutingSet | null | undefined
): Promise<readonly string[]> {
	if (reference === null || !set?.rules.some(({ when }) => when.tags)) return [];
	return readPayerTags(context, { merchantId, mode, reference });
}

async function readRates(
	context: Context,
	currency: string,
	{ accounts, now }: { accounts: ProviderAccount[]; now: number }
): Promise<Map<string, Rate>> {
	const wanted = new Set(accounts.map((account) => providerCurrencyOf(account, currency)));
	wanted.delete(currency);
	const found = await Promise.all(
		[...wanted].map(async (quote): Promise<[string, Rate][]> => {
			const rate = quote && (await findRate(context, currency, quote, now));
			return rate ? [[quote, rate]] : [];
		})
	);
	return new Map(found.flat());
}
