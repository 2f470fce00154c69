import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { EventKind } from '$lib/server/webhooks/event';
import type { Payment } from './payment';
import { isFinal, mayBecome, type State } from './states';
import { writeChange } from './write-change';

/** What changes together with the state. Fields left out keep their value. */
export interface Change {
	to: State;
	kind: EventKind;
	reason?: string | null;
	reasonMessage?: string | null;
	/** Minor units: what the payer chose. */
	amount?: number;
}

/**
 * The one place where a transaction's state changes: by compare-and-set on the version that was
 * read, along the table of states.ts, with its event and webhook delivery in the same database
 * transaction. Throws a ConflictError when somebody was faster.
 */
export async function advanceTransaction(
	context: Context,
	tx: Tx,
	payment: Payment,
	change: Change
): Promise<void> {
	if (!mayBecome(payment.state, change.to)) {
		throw new Error(`A transaction cannot go from ${payment.state} to ${change.to}`);
	}
	const { to, kind, reason = payment.reason, reasonMessage = payment.reasonMessage } = change;
	const { amount = payment.amount } = change;
	await writeChange(context, tx, payment, {
		kind,
		columns: {
			state: to,
			amount,
			reason,
			reason_message: reasonMessage,
			...(isFinal(to) && { expires_at: null })
		},
		snapshot: { state: to, amount, reason, reasonMessage }
	});
}
