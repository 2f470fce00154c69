import type { Intent, Mode } from '$lib/server/db/schema';
import type { KycStatus } from '$lib/server/merchants/merchant-settings';
import type { MethodOffer } from '$lib/server/providers/method';
import type { ProviderAccount } from './provider-account';
import type { Terms } from './terms';

/** A payment that looks for an account. */
export interface Question {
	merchantId: string;
	mode: Mode;
	intent: Intent;
	/** Decides every draw by weight, so that all who ask for a transaction get one answer. */
	transactionId: string;
	/** The name of an offer. */
	method: string;
	/** What the payer enters: minor units of `currency`. */
	amount: number;
	currency: string;
	payer: {
		/** The merchant's id of the payer. */
		reference: string | null;
		/** ISO 3166 alpha-2. */
		country: string | null;
		/** Null counts as `none`. */
		kycStatus: KycStatus | null;
	};
	/** Left out: no card, or one that is not known yet. */
	card?: {
		/** As `card-validator` spells it; null is none of any list. */
		brand: string | null;
		/** The first digits, at most 8, for as long as the request lasts. */
		bin: string;
	};
	/** The set of rules that a call names; left out: the merchant's default. */
	routingSetId?: number;
	/** The one account that may be used; rules are not asked then. */
	accountId?: number;
}

/** An account that may be tried, and on which terms. */
export interface Choice {
	account: ProviderAccount;
	offer: MethodOffer;
	terms: Terms;
}

export interface Decision {
	/** In the order in which they are tried; empty: nobody takes it. */
	choices: Choice[];
	explanation: Explanation;
}

/**
 * Why an account is left out, in the order in which it is looked at: what the payer can change
 * least comes first, so that of several accounts the last word is the most useful one.
 */
export const reasonsInOrder = [
	/** The call, or the rule that decided, names others. */
	'not_named',
	/** Its provider does not offer the method, or lacks the verb for it. */
	'provider_cannot',
	/** Its settings leave the method out. */
	'method_off',
	'currency',
	'country',
	/** Of the card. */
	'brand',
	/** It would have to convert, and no fresh rate is known. */
	'no_rate',
	'maintenance',
	'outside_hours',
	'above_highest',
	'below_lowest'
] as const;

export type LeftOut = (typeof reasonsInOrder)[number];

/** Why it went where it went, for people who operate: JSON, and at most some kilobytes of it. */
export interface Explanation {
	/** The set of rules that was asked; null: none. */
	set: { id: number; name: string } | null;
	/** The name of the rule that decided; null: none did, and every account was looked at. */
	rule: string | null;
	/** The rules before it. */
	skipped: { rule: string; because: Skipped }[];
	/** Every enabled account of the merchant and mode, once: as they are tried, then the others. */
	accounts: {
		id: number;
		name: string;
		verdict: 'first' | 'next' | 'beyond_limit' | 'left_out';
		/** Null unless it is left out. */
		because: LeftOut | null;
	}[];
}

/** The condition of a rule that does not hold, or that all of its accounts are left out. */
export type Skipped =
	| 'modes'
	| 'intents'
	| 'methods'
	| 'currencies'
	| 'amount'
	| 'countries'
	| 'kyc'
	| 'brands'
	| 'bins'
	| 'tags'
	| 'no_account';
