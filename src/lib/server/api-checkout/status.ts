import type { Payment } from '$lib/server/payments/payment';
import type { State } from '$lib/server/payments/states';
import type { EventKind, EventSnapshot } from '$lib/server/webhooks/event';

export const statuses = [
	'PENDING',
	'UNDERPAID',
	'OVERPAID',
	'RECEIVED',
	'CONFIRMED',
	'EXPIRED',
	'CANCELLED',
	'FAILED'
] as const;

export type Status = (typeof statuses)[number];

/** What a status follows from; amounts in minor units of the payment's currency. */
export interface Standing {
	state: State;
	asked: number;
	received: number;
	/** Paid by the provider's word, which is not final there yet. */
	attested: boolean;
	/** The provider took that word back. */
	reversed: boolean;
}

/**
 * The word for how a payment stands: the same of its row and of an event. apis/checkout.md.
 * Money that came for a try that was called off is no part of the payment any more.
 */
export function statusOf(standing: Standing): Status {
	const { state, asked, received, attested, reversed } = standing;
	switch (state) {
		case 'succeeded':
			if (reversed) return 'FAILED';
			if (received > asked) return 'OVERPAID';
			return attested ? 'RECEIVED' : 'CONFIRMED';
		case 'action_required':
		case 'pending':
			return received > 0 ? 'UNDERPAID' : 'PENDING';
		case 'created':
			return 'PENDING';
		case 'expired':
			return 'EXPIRED';
		case 'canceled':
			return 'CANCELLED';
		case 'declined':
			return 'FAILED';
		case 'requested':
		case 'approved':
		case 'rejected':
		case 'failed':
			throw new Error(`A payment of the Checkout API cannot be ${state}`);
	}
}

/** How a payment stands now. */
export function standingOf(payment: Payment): Standing {
	const { state, amount, receivedAmount: received, attested, reversed } = payment;
	return { state, asked: amount ?? 0, received, attested, reversed };
}

/** How it stood at an event. */
export function standingAt(snapshot: EventSnapshot): Standing {
	const { amount, receivedAmount: received = 0, attested = false, reversed = false } = snapshot;
	return { state: snapshot.state as State, asked: amount ?? 0, received, attested, reversed };
}

export const eventNames = {
	PENDING: null,
	UNDERPAID: 'payment.underpaid',
	OVERPAID: 'payment.overpaid',
	RECEIVED: 'payment.received',
	CONFIRMED: 'payment.confirmed',
	EXPIRED: 'payment.expired',
	CANCELLED: 'payment.cancelled',
	FAILED: 'payment.failed'
} as const satisfies Record<Status, string | null>;

export type EventName = NonNullable<(typeof eventNames)[Status]>;

/** What is told of an event that left the payment at a status; null: nothing. */
export function eventNameOf(
	kind: EventKind,
	status: Status,
	{ unapplied }: Pick<EventSnapshot, 'unapplied'>
): EventName | null {
	switch (kind) {
		case 'received':
		case 'succeeded':
		case 'confirmed':
		case 'reversed':
		case 'declined':
		case 'canceled':
		case 'expired':
			return eventNames[status];
		case 'money_unapplied':
			// What came for a payment that ended unpaid is no part of it: that was told when it ended.
			// What was left over of the change before was told with it.
			return status === 'OVERPAID' && !unapplied?.rest ? eventNames[status] : null;
		default:
			return null;
	}
}
