import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import { releaseLimits } from '$lib/server/limits/release-limits';
import type { EventKind, EventSnapshot } from '$lib/server/webhooks/event';
import type { Payment } from './payment';
import { readReservations } from './reservations';
import { isFinal, isUnpaid, mayBecome, type State } from './states';
import { writeChange, type TransactionColumns } from './write-change';

/** What changes together with the state. Fields left out keep their value. */
export interface Change {
	to: State;
	kind: EventKind;
	reason?: string | null;
	reasonMessage?: string | null;
	/** Minor units: what the payer chose, or what was paid of it in the end. */
	amount?: number;
	columns?: TransactionColumns;
	snapshot?: Partial<EventSnapshot>;
	/** Only while the session lasts. */
	beforeExpiry?: boolean;
}

/**
 * The one place where a transaction's state changes: by compare-and-set on the version that was
 * read, along the table of states.ts, with its event and webhook delivery in the same database
 * transaction. Limits that held for it are free again once it ends unpaid or can be tried anew.
 * Throws a ConflictError when somebody was faster. Returns the payment as it stands then.
 */
export async function advanceTransaction(
	context: Context,
	tx: Tx,
	payment: Payment,
	change: Change
): Promise<Payment> {
	const { to, kind, beforeExpiry } = change;
	if (!mayBecome(payment.intent, payment.state, to)) {
		throw new Error(`A ${payment.intent} cannot go from ${payment.state} to ${to}`);
	}
	const { reason = payment.reason, reasonMessage = payment.reasonMessage } = change;
	const { amount = payment.amount } = change;
	const frees = (to === 'created' || isUnpaid(to)) && payment.reservedLimits !== null;
	const version = await writeChange(context, tx, payment, {
		kind,
		beforeExpiry,
		columns: {
			state: to,
			amount,
			reason,
			reason_message: reasonMessage,
			...(frees && { reserved_limits: null }),
			...(isFinal(to) && { expires_at: null, work_at: null }),
			...change.columns
		},
		snapshot: { state: to, amount, reason, reasonMessage, ...change.snapshot }
	});
	if (frees) await releaseLimits(tx, readReservations(payment));
	const reservedLimits = frees ? null : payment.reservedLimits;
	return { ...payment, state: to, version, amount, reason, reasonMessage, reservedLimits };
}
