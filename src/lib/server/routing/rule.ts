import { z } from 'zod';
import type { Intent, Mode } from '$lib/server/db/schema';
import type { KycStatus } from '$lib/server/merchants/merchant-settings';
import { payerTag } from '$lib/server/merchants/payer-tags';
import { countryCode, currencyCode, intent, listOf, methodName, minorUnits } from './fields';

/** One rule of a set: for which payments it is, and where they go. */
export interface Rule {
	name: string;
	when: Conditions;
	/**
	 * Tiers: all accounts of the first are tried before any of the second. Within a tier the order is
	 * drawn, in proportion to the weights.
	 */
	choices: { account: number; weight: number }[][];
	/** Whether, and up to how many accounts in all, another one is tried when one fails softly. */
	onFailure: { next: boolean; limit: number };
}

/** All that are given must hold; of a list, one entry. */
export interface Conditions {
	modes?: Mode[];
	intents?: Intent[];
	methods?: string[];
	currencies?: string[];
	/** Bounds of the amount, minor units of `currency`, ends included. */
	currency?: string;
	lowest?: number;
	highest?: number;
	/** Of the payer. An unknown one is in no list. */
	countries?: string[];
	/** A status that is not known counts as `none`. */
	kyc?: KycStatus[];
	brands?: string[];
	/** First digits of a card number, 1 to 8 of them. */
	bins?: string[];
	/** The merchant's marks of the payer. */
	tags?: string[];
}

const MAX_RULES = 50;
const MAX_TIERS = 10;
const MAX_IN_TIER = 20;
const MAX_ACCOUNTS_TRIED = 10;
const MAX_NAME_LENGTH = 80;

export const setOrRuleName = z
	.string({ error: 'must be text' })
	.min(1, 'must not be empty')
	.max(MAX_NAME_LENGTH, `must be at most ${MAX_NAME_LENGTH} characters`);

const kycStatuses = ['passed', 'pending', 'failed', 'none'] as const satisfies KycStatus[];

const conditions = z
	.strictObject({
		modes: listOf(z.enum(['test', 'live'], { error: 'must be test or live' }), 2),
		intents: listOf(intent, 2),
		methods: listOf(methodName, 50),
		currencies: listOf(currencyCode, 200),
		currency: currencyCode,
		lowest: minorUnits,
		highest: minorUnits,
		countries: listOf(countryCode, 250),
		kyc: listOf(
			z.enum(kycStatuses, { error: 'must be passed, pending, failed or none' }),
			kycStatuses.length
		),
		brands: listOf(
			z.string({ error: 'must be text' }).regex(/^[a-z][a-z-]{0,39}$/, 'must be a card brand'),
			20
		),
		bins: listOf(
			z.string({ error: 'must be digits in text' }).regex(/^\d{1,8}$/, 'must be 1 to 8 digits'),
			500
		),
		tags: listOf(payerTag, 20)
	})
	.partial()
	.refine(
		({ currency, lowest, highest }) =>
			(currency === undefined) === (lowest === undefined && highest === undefined),
		{ error: 'must be there with lowest or highest, and only then', path: ['currency'] }
	)
	.refine(
		({ lowest, highest }) => lowest === undefined || highest === undefined || lowest <= highest,
		{ error: 'must not be below lowest', path: ['highest'] }
	);

const weightRule = 'must be a whole number from 1 to 1000';
const limitRule = `must be a whole number from 1 to ${MAX_ACCOUNTS_TRIED}`;

const rule = z.strictObject({
	name: setOrRuleName,
	when: conditions,
	choices: listOf(
		listOf(
			z.strictObject({
				account: z.int({ error: 'must be the number of a provider account' }),
				weight: z.int({ error: weightRule }).min(1, weightRule).max(1000, weightRule)
			}),
			MAX_IN_TIER
		),
		MAX_TIERS
	).refine(namesEachOnce, 'must name each account once'),
	onFailure: z.strictObject({
		next: z.boolean({ error: 'must be true or false' }),
		limit: z.int({ error: limitRule }).min(1, limitRule).max(MAX_ACCOUNTS_TRIED, limitRule)
	})
}) satisfies z.ZodType<Rule>;

/** The schema of a set's rules, in their order. */
export const rules = z
	.array(rule, { error: 'must be a list' })
	.max(MAX_RULES, `must have at most ${MAX_RULES} rules`);

function namesEachOnce(tiers: Rule['choices']): boolean {
	const ids = tiers.flat().map(({ account }) => account);
	return new Set(ids).size === ids.length;
}
