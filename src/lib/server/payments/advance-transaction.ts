import type { Context } from '$lib/server/context';
import { ConflictError } from '$lib/server/db/conflict';
import type { Tx } from '$lib/server/db/database';
import type { EventKind } from '$lib/server/webhooks/event';
import { recordEvent } from '$lib/server/webhooks/record-event';
import type { Payment } from './payment';
import { isFinal, mayBecome, type State } from './states';

/** What changes together with the state. Fields left out keep their value. */
export interface Change {
	to: State;
	kind: EventKind;
	reason?: string | null;
	reasonMessage?: string | null;
	/** Minor units: what the payer chose. */
	amount?: number;
	attemptId?: string | null;
	method?: string | null;
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
	const now = context.clock.now();
	const version = payment.version + 1;
	const { reason = payment.reason, reasonMessage = payment.reasonMessage } = change;
	const amount = change.amount ?? payment.amount;
	const { numUpdatedRows } = await tx
		.updateTable('transactions')
		.set({
			state: change.to,
			version,
			amount,
			reason,
			reason_message: reasonMessage,
			updated_at: now,
			...(isFinal(change.to) && { expires_at: null })
		})
		.where('id', '=', payment.transactionId)
		.where('version', '=', payment.version)
		.executeTakeFirst();
	if (numUpdatedRows !== 1n) throw new ConflictError('The transaction was changed meanwhile');
	await recordEvent(
		context,
		tx,
		{
			transactionId: payment.transactionId,
			version,
			kind: change.kind,
			at: now,
			mode: payment.mode,
			intent: payment.intent,
			snapshot: {
				state: change.to,
				amount,
				currency: payment.currency,
				payerReference: payment.payerReference,
				reference: payment.reference,
				reason,
				reasonMessage,
				attemptId: change.attemptId ?? payment.attempt?.id ?? null,
				method: change.method ?? null
			}
		},
		{ applicationId: payment.applicationId }
	);
}
