import type { Context } from '$lib/server/context';
import { ConflictError } from '$lib/server/db/conflict';
import type { Tx } from '$lib/server/db/database';
import type { Outcome } from '$lib/server/providers/provider';
import { recordEvent } from '$lib/server/webhooks/record-event';
import type { Attempt, Payment } from './payment';

/**
 * Books money that a provider reports for an attempt that is over: called off, declined, or
 * followed by another try that succeeded. The payment's state stays; the money is written down
 * once, with an event, and said loudly, for somebody has to give it back.
 */
export async function bookUnapplied(
	context: Context,
	tx: Tx,
	{ payment, attempt }: { payment: Payment; attempt: Attempt },
	{ amount, providerReference }: Extract<Outcome, { kind: 'succeeded' }>
): Promise<void> {
	const at = context.clock.now();
	const { transactionId, mode, intent, applicationId } = payment;
	const { numInsertedOrUpdatedRows } = await tx
		.insertInto('unapplied_money')
		.values({
			attempt_id: attempt.id,
			transaction_id: transactionId,
			provider_account_id: attempt.providerAccountId,
			provider_reference: providerReference,
			amount: amount.amount,
			currency: amount.currency,
			created_at: at
		})
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	if (numInsertedOrUpdatedRows !== 1n) return;
	const version = payment.version + 1;
	const { numUpdatedRows } = await tx
		.updateTable('transactions')
		.set({ version, updated_at: at })
		.where('id', '=', transactionId)
		.where('version', '=', payment.version)
		.executeTakeFirst();
	if (numUpdatedRows !== 1n) throw new ConflictError('The transaction was changed meanwhile');
	const { state, payerReference, reference, reason, reasonMessage } = payment;
	const about = { state, payerReference, reference, reason, reasonMessage };
	const snapshot = { ...about, ...amount, attemptId: attempt.id, method: null };
	const event = { transactionId, version, kind: 'money_unapplied', at, mode, intent } as const;
	await recordEvent(context, tx, { ...event, snapshot }, { applicationId });
	context.log.error('a provider reports money for an attempt that is over', {
		attemptId: attempt.id,
		transactionId,
		state
	});
}
