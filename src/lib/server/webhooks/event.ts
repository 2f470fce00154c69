import type { Intent, Mode } from '$lib/server/db/schema';

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
	received: false,
	pending: true,
	succeeded: true,
	try_declined: false,
	declined: true,
	canceled: true,
	expired: true,
	money_unapplied: false,
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
	/** The refund that it tells of. */
	refundId?: string;
}
