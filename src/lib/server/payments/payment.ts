import type { Intent, Mode } from '$lib/server/db/schema';
import type { MethodKind } from '$lib/server/providers/method';
import type { ProviderAction } from '$lib/server/providers/outcome';
import type { AttemptState, State } from './states';

// The layers above need these of the contract with providers, which is open to payments and routing.
export type { MethodKind } from '$lib/server/providers/method';
export type { Instructions, ProviderAction } from '$lib/server/providers/outcome';
export type { Card, Destination } from '$lib/server/providers/provider';

/** A transaction together with its newest attempt. Amounts in minor units of `currency`. */
export interface Payment {
	transactionId: string;
	sessionId: string;
	applicationId: string;
	merchantId: string;
	mode: Mode;
	intent: Intent;
	state: State;
	version: number;
	amount: number | null;
	currency: string;
	payerReference: string | null;
	reference: string | null;
	/** Made by a call that takes the card or the way itself: nobody can try again. */
	oneShot: boolean;
	/** Attempts made so far. */
	tries: number;
	/** Forms that the payer sent; each may have made several attempts. */
	submissions: number;
	refundedAmount: number;
	/**
	 * What has come in all, without the payer's fee and at the quoted rate: nothing until then, the
	 * amount once it is paid; of a transfer its receipts, whether they settled the payment or not.
	 */
	receivedAmount: number;
	/** What the application allowed when the session was opened. */
	allowUnderpay: boolean;
	allowOverpay: boolean;
	/** Paid by the provider's word, which is not final there yet. */
	attested: boolean;
	/** What was attested did not come in the end. The state stays, since merchants have shipped. */
	reversed: boolean;
	/** JSON: what limits hold for it; null: nothing. */
	reservedLimits: string | null;
	reason: string | null;
	reasonMessage: string | null;
	createdAt: number;
	updatedAt: number;
	attempt: Attempt | null;
}

/** What an attempt moves, and what is in it. */
export interface AttemptTerms {
	/** What the provider moves, in its currency. */
	amount: number;
	/** The part of the payment that this moves; this and the fees in the payment's currency. */
	userAmount: number;
	fee: number;
	merchantFee: number;
	/** The fee for converting, in the provider's currency. */
	fxFee: number;
}

/** One call to one provider account, on its terms: those of what came, once that is settled. */
export interface Attempt extends AttemptTerms {
	id: string;
	number: number;
	state: AttemptState;
	method: string;
	kind: MethodKind;
	provider: string;
	providerAccountId: number;
	providerReference: string | null;
	/** The provider's. */
	currency: string;
	/** The conversion into the provider's currency. */
	rate: { rate: string; source: string; date: string } | null;
	action: ProviderAction | null;
	/** Until when it waits for the payer, milliseconds since 1970; null: the rule of its kind. */
	payUntil: number | null;
	/** What has arrived of a bank transfer, in the provider's currency. */
	receivedAmount: number;
	leg: number | null;
	cardBrand: string | null;
	cardLast4: string | null;
	cardExpiry: string | null;
	keepsCard: boolean;
	followers: number;
	/** What it asked for, where another sum was settled; null: the same. */
	ordered: AttemptTerms | null;
	reason: string | null;
	/** How often the provider was asked for its outcome. */
	asked: number;
	createdAt: number;
}

/** The reason of an open attempt that somebody gave up, while its provider has not said so yet. */
export const ABANDONED = 'abandoned';

/** Forms that a session allows (security.md, *Incoming*). */
export const MAX_TRIES = 5;
