import type { Intent, Mode } from '$lib/server/db/schema';
import type { ProviderAction } from '$lib/server/providers/provider';
import type { AttemptState, State } from './states';

// The layers above need this of the contract with providers, which is open to payments alone.
export type { Card } from '$lib/server/providers/provider';

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
	/** Attempts made so far. */
	tries: number;
	reason: string | null;
	reasonMessage: string | null;
	createdAt: number;
	updatedAt: number;
	attempt: Attempt | null;
}

/** One call to one provider account. */
export interface Attempt {
	id: string;
	number: number;
	state: AttemptState;
	provider: string;
	providerAccountId: number;
	providerReference: string | null;
	amount: number;
	currency: string;
	action: ProviderAction | null;
	cardBrand: string | null;
	cardLast4: string | null;
	reason: string | null;
	/** How often the provider was asked for its outcome. */
	asked: number;
	createdAt: number;
}

/** Card tries that a session allows (security.md, *Incoming*). */
export const MAX_TRIES = 5;
