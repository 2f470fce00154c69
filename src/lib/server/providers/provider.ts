import type { GuardedFetch } from '$lib/server/outgoing/guarded-fetch';
import type { Money } from '$lib/money/money';

/**
 * The contract of a payment provider. A provider is stateless and never touches the database: it
 * turns a request of the core into calls and the answers into outcomes. A verb it lacks is a thing
 * it cannot do. What it cannot read it reports as `unknown`; only the provider's explicit word
 * declines (architecture.md, invariant 2).
 */
export interface Provider {
	readonly name: ProviderName;
	/** Card brands it takes, as `card-validator` spells them. */
	readonly cardBrands: readonly string[];
	/** Sends a card payment. `payment.attemptId` is the idempotency key the provider sees. */
	payByCard(call: ProviderCall, payment: CardPayment): Promise<Outcome>;
	/** Asks for the outcome of an attempt. Never changes anything at the provider. */
	inquire(call: ProviderCall, attempt: AttemptReference): Promise<Outcome>;
	/**
	 * Ends an attempt that is not final, and answers how it stands afterwards. For an attempt the
	 * provider has never seen, it also makes sure that a late arrival will be refused; a provider
	 * that cannot promise this answers `unknown`.
	 */
	cancel(call: ProviderCall, attempt: AttemptReference): Promise<Outcome>;
	/**
	 * Checks a notification's signature and reads it. Undefined: not authentic, nothing is stored.
	 * What it says is a hint that the core checks against the attempt.
	 */
	readNotification(call: ProviderCall, message: RawNotification): Notification | undefined;
}

export type ProviderName = 'simulator';

/** What a provider gets besides the payment: its account's credentials and the way out. */
export interface ProviderCall {
	fetch: GuardedFetch;
	/** Decrypted credentials of the provider account, by field. */
	credentials: Readonly<Record<string, string>>;
	/** Where this provider's server sends notifications for this account. */
	callbackUrl: string;
}

/** A card as the payer typed it. It lives in memory for one request and is never written. */
export interface Card {
	/** Digits only. */
	number: string;
	expiryMonth: number;
	/** Four digits. */
	expiryYear: number;
	securityCode: string;
	holderName: string;
}

export interface CardPayment {
	attemptId: string;
	amount: Money;
	card: Card;
	/** Where the bank sends the payer's browser back, by GET or POST. */
	returnUrl: string;
	payerIp: string | null;
	description: string | null;
	/** BCP 47, for the provider's own pages. */
	locale: string;
}

export interface AttemptReference {
	attemptId: string;
	/** The provider's own id of the payment, once it has told one. */
	providerReference: string | null;
}

export type Outcome =
	| { kind: 'succeeded'; providerReference: string; amount: Money }
	| { kind: 'declined'; providerReference: string | null; reason: DeclineReason; message: string }
	| { kind: 'canceled'; providerReference: string | null; message: string }
	/** The payer has something to do on the provider's page. */
	| { kind: 'action_required'; providerReference: string; action: ProviderAction }
	/** The provider has it and has not decided. */
	| { kind: 'pending'; providerReference: string | null }
	/** No answer, or one that cannot be read: anything may have happened. */
	| { kind: 'unknown'; message: string }
	/** The provider says that it never saw this attempt; it may still arrive. */
	| { kind: 'absent' };

export interface ProviderAction {
	/** `challenge` fits in a frame (3-D Secure); `redirect` takes the whole window. */
	type: 'challenge' | 'redirect';
	url: string;
}

/** Why a payment was declined, in classes a payer can act on. */
export type DeclineReason =
	| 'declined'
	| 'insufficient_funds'
	| 'expired_card'
	| 'lost_or_stolen'
	| 'processing_error'
	| 'invalid_card'
	| 'authentication_failed'
	| 'authentication_canceled'
	| 'authentication_timeout'
	| 'provider_unavailable';

export interface RawNotification {
	headers: Headers;
	/** The exact bytes, at most 256 KiB. */
	body: string;
	/** Milliseconds since 1970: a provider has no clock of its own to refuse old messages by. */
	receivedAt: number;
}

export interface Notification {
	/** The provider's id of this message; the same id again is a duplicate. */
	id: string;
	attemptId: string;
	providerReference: string | null;
	amount: Money;
	outcome: Outcome;
}
