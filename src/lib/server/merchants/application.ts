import type { Dialect } from '$lib/server/db/schema';

/** One integration of a merchant, as the rest of the core sees it. No secret is in here. */
export interface Application {
	id: string;
	merchantId: string;
	merchantName: string;
	dialect: Dialect;
	name: string;
	branding: Branding;
	/** An e-mail address or a link that the payer can turn to. */
	supportContact: string | null;
	/** Origins that may frame the payer's page. */
	frameOrigins: string[];
	/** Origins a payer may be returned to. */
	returnOrigins: string[];
	/** Public: says in a request which application is meant. Null in dialects without one. */
	clientId: string | null;
	/** The merchant's site. */
	url: string | null;
	/** ISO 4217 codes that it takes; null: all. */
	currencies: string[] | null;
	/** Whether a payment that got less than was asked counts as paid once its time is up. */
	allowUnderpay: boolean;
	/** Whether what came beyond the amount belongs to the payment; else it is unapplied. */
	allowOverpay: boolean;
	/** Milliseconds since 1970. */
	createdAt: number;
	deletedAt: number | null;
}

export interface Branding {
	/** `#rrggbb`. */
	accent?: string;
	/** CSS pixels, 0 to 24. */
	cornerRadius?: number;
	/** A `data:` address of a PNG, JPEG or WebP of at most 8 KiB: the page asks nobody else. */
	logo?: string;
}
