import type { Money } from '$lib/money/money';
import type { Intent, Mode } from '$lib/server/db/schema';
import type { OrderFacts } from './order-facts';

/**
 * What can happen to a transaction, and whether a merchant could be told of it. What a dialect then
 * says of it, if anything, is the dialect's affair; nobody tells of a session that was just opened,
 * of a try that left the payer free to try again, or of a payer who has something to do.
 */
export const isTold = {
	created: false,
	try_sent: false,
	action_required: false,
	/** Part of a transfer has arrived. */
	received: true,
	pending: true,
	succeeded: true,
	/** What a provider had attested is final. */
	confirmed: true,
	/** What a provider had attested did not come in the end. */
	reversed: true,
	try_declined: false,
	declined: true,
	canceled: true,
	expired: true,
	money_unapplied: true,
	money_returned: false,
	requested: true,
	approved: false,
	rejected: true,
	payout_sent: false,
	leg_paid: false,
	leg_failed: false,
	failed: true,
	refund_requested: false,
	refund_pending: false,
	refund_succeeded: false,
	refund_failed: false
} as const satisfies Record<string, boolean>;

export type EventKind = keyof typeof isTold;

/** One change of a transaction, as it was at that moment: timeline and webhooks are views of it. */
export interface PaymentEvent {
	transactionId: string;
	/** The transaction's version after the change; with the id it names the event. */
	version: number;
	kind: EventKind;
	/** Milliseconds since 1970. */
	at: number;
	mode: Mode;
	intent: Intent;
	snapshot: EventSnapshot;
}

/** An event together with what the merchant had ordered, which never changes. */
export interface ToldEvent extends PaymentEvent {
	order: OrderFacts;
}

export interface EventSnapshot {
	/** A State of payments, which this module lies below. */
	state: string;
	/** Minor units of `currency`; null while the payer has not chosen. */
	amount: number | null;
	currency: string;
	payerReference: string | null;
	reference: string | null;
	reason: string | null;
	reasonMessage: string | null;
	attemptId: string | null;
	method: string | null;
	/** Why it was sent to this account: the Explanation of routing, which this module lies beside. */
	explanation?: unknown;
	/** Minor units of `currency` that had come in all: Payment.receivedAmount. Deposits only. */
	receivedAmount?: number;
	/** Paid by the provider's word, but not final there yet. */
	attested?: true;
	/** Attested once, and taken back by the provider since. */
	reversed?: true;
	/**
	 * Money that it tells of, which came beside the payment; in minor units of its own currency.
	 * `rest`: the change just before left it over, and that change's event says what came in all.
	 */
	unapplied?: Money & { rest?: true };
	/** The refund that it tells of. */
	refundId?: string;
}
