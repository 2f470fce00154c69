import type { Money } from '$lib/money/money';

/** What a provider says of an attempt, in a reply, a notification or the answer to an inquiry. */
export type Outcome =
	| {
			kind: 'succeeded';
			providerReference: string;
			/** What was moved. */
			amount: Money;
			/** The provider's token of the card, where it was asked to keep it. */
			cardToken?: string;
			/**
			 * Paid, but not final: the provider may still take it back. It is asked on until it says
			 * `succeeded` without this, or that it came to nothing. Deposits only, and no transfers.
			 */
			attested?: true;
	  }
	| {
			kind: 'declined';
			providerReference: string | null;
			reason: DeclineReason;
			message: string;
			/** It is about this provider and not about the card: another account may do better. */
			soft?: boolean;
	  }
	| { kind: 'canceled'; providerReference: string | null; message: string }
	/** The payer has something to do. */
	| { kind: 'action_required'; providerReference: string; action: ProviderAction }
	/**
	 * Money that has arrived for a bank transfer so far: all of it, each credit with its id. `ended`:
	 * it was called off there, and what is missing is not awaited any more.
	 */
	| { kind: 'received'; providerReference: string; receipts: Receipt[]; ended?: boolean }
	/** The provider has it and has not decided. */
	| { kind: 'pending'; providerReference: string | null }
	/** Surely not sent: no connection was made, so the provider knows nothing of it. */
	| { kind: 'unreachable'; message: string }
	/** No answer, or one that cannot be read: anything may have happened. */
	| { kind: 'unknown'; message: string }
	/** The provider says that it never saw this attempt; it may still arrive. */
	| { kind: 'absent' };

export interface Receipt {
	/** The provider's id of the credit; the same id is the same money. */
	id: string;
	amount: Money;
}

export type ProviderAction =
	/** Fits in a frame (3-D Secure). */
	| { type: 'challenge'; url: string }
	/** Takes the whole window. */
	| { type: 'redirect'; url: string }
	| ({ type: 'instructions' } & Instructions);

/** How to pay by bank transfer. */
export interface Instructions {
	/** In the order in which a bank's form asks for them. */
	fields: {
		name: 'holder' | 'iban' | 'bic' | 'account_number' | 'bank_code' | 'bank' | 'reference';
		value: string;
	}[];
	/** What a QR code of it says (EPC069-12 or a local scheme); null: there is none. */
	qr: string | null;
}

/** Why a payment was declined, in classes a payer can act on. */
export type DeclineReason =
	| 'declined'
	| 'insufficient_funds'
	| 'expired_card'
	| 'lost_or_stolen'
	| 'processing_error'
	| 'invalid_card'
	| 'invalid_voucher'
	| 'used_voucher'
	| 'invalid_account'
	| 'authentication_failed'
	| 'authentication_canceled'
	| 'authentication_timeout'
	| 'not_paid_in_time'
	| 'paid_too_little'
	| 'provider_unavailable';

export type RefundOutcome =
	| { kind: 'succeeded'; providerReference: string }
	| { kind: 'pending'; providerReference: string | null }
	| { kind: 'failed'; message: string }
	/** Surely not sent. */
	| { kind: 'unreachable'; message: string }
	| { kind: 'unknown'; message: string }
	/** Never seen: it is asked for again under the same key, which is safe. */
	| { kind: 'absent' };

/** A provider's message. It is about an attempt, or about a refund of one. */
export interface Notification {
	/** The provider's id of this message; the same id again is a duplicate. */
	id: string;
	attemptId: string;
	providerReference: string | null;
	/** The attempt's amount; the refund's, for a message about one. */
	amount: Money;
	outcome: Outcome;
	refund?: { refundId: string; outcome: RefundOutcome };
}
