import type { Dialect, Intent, Mode } from '$lib/server/db/schema';
import type { Application } from '$lib/server/merchants/application';
import type { PayerFacts } from '$lib/server/payments/payer-facts';

/** One visit that a merchant's server opened for a payer. Amounts in minor units of `currency`. */
export interface Session {
	id: string;
	application: Application;
	dialect: Dialect;
	mode: Mode;
	intent: Intent;
	/** Null: the payer chooses. */
	amount: number | null;
	currency: string;
	/** Whether the payer may change the amount. */
	amountEditable: boolean;
	lowestAmount: number;
	highestAmount: number;
	presetAmounts: number[];
	/** What the merchant said of its customer. */
	payer: PayerFacts;
	payerReference: string | null;
	reference: string | null;
	payerIp: string | null;
	description: string | null;
	returnAddresses: ReturnAddresses;
	/** BCP 47 tag that the merchant asked for; null: the browser's. */
	locale: string | null;
	theme: Theme;
	methods: string[] | null;
	/** Milliseconds since 1970. */
	expiresAt: number;
}

export type Theme = 'light' | 'dark' | 'auto';

/** Where the payer goes afterwards; each was checked when the session was opened. */
export interface ReturnAddresses {
	return?: string;
	success?: string;
	failure?: string;
	cancel?: string;
}
