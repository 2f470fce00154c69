import type { Mode } from '$lib/server/db/schema';

/** Whose instruments: a payer as the merchant names them, in one mode. */
export interface Owner {
	merchantId: string;
	mode: Mode;
	payerReference: string;
}

/** What may be shown of a saved card. */
export interface KeptInstrument {
	id: string;
	/** The provider account that gave the token: it is good there only. */
	accountId: number;
	brand: string | null;
	last4: string;
	/** `YYYY-MM`. */
	expiry: string;
	lastUsedAt: number;
}

export const shownColumns = [
	'id',
	'provider_account_id as accountId',
	'brand',
	'last4',
	'expiry',
	'last_used_at as lastUsedAt'
] as const;

/** Where a token lies: sealed for one row, it opens in no other. */
export function tokenPlace(id: string): string {
	return `instruments:${id}:token`;
}

const HALF_A_DAY_MS = 43_200_000;

/**
 * The least expiry (`YYYY-MM`) that is still good. A card is good until the end of its month, which
 * comes last where the clocks are twelve hours behind UTC.
 */
export function leastExpiry(now: number): string {
	return new Date(now - HALF_A_DAY_MS).toISOString().slice(0, 7);
}

/** Whether a text, which may come out of a form, can be an id at all. */
export function isInstrumentId(text: string): boolean {
	return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
