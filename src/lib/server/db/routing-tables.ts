import type { Flag, Mode } from './schema';

export interface ProviderAccounts {
	/** A number, because merchants name accounts in API calls (`provider_id`). */
	id: number;
	merchant_id: string;
	mode: Mode;
	provider: string;
	credentials_sealed: string;
	enabled: Flag;
	created_at: number;
	/** What the merchant calls it. */
	name: string;
	/** JSON: AccountSettings of routing. */
	settings: string;
}

export interface RoutingSets {
	/** A number, because merchants name sets of rules in API calls (`routing_id`). */
	id: number;
	merchant_id: string;
	mode: Mode;
	name: string;
	/** The set that is used where a call names none; one a merchant and mode. */
	is_default: Flag;
	/** JSON: Rule[] of routing, in their order. */
	rules: string;
	created_at: number;
}

export interface Rates {
	/** One unit of `base` is worth `rate` units of `quote`. */
	base: string;
	quote: string;
	/** Who published it. */
	source: string;
	/** `YYYY-MM-DD`, the day it holds for. */
	date: string;
	/** A decimal without sign or exponent. */
	rate: string;
	created_at: number;
}

export interface LimitCounters {
	/** Keyed by limits: which limit, of whom. */
	subject: string;
	period_start: number;
	/** Minor units that were spent or are being tried. */
	amount: number;
	uses: number;
}
