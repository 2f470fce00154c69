import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Outcome } from '$lib/server/providers/provider';
import type { Attempt, Payment } from './payment';
import { writeChange } from './write-change';

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
	const { transactionId, state } = payment;
	const { numInsertedOrUpdatedRows } = await tx
		.insertInto('unapplied_money')
		.values({
			attempt_id: attempt.id,
			transaction_id: transactionId,
			provider_account_id: attempt.providerAccountId,
			provider_reference: providerReference,
			amount: amount.amount,
			currency: amount.currency,
			created_at: context.clock.now()
		})
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	if (numInsertedOrUpdatedRows !== 1n) return;
	await writeChange(context, tx, payment, {
		kind: 'money_unapplied',
		columns: {},
		snapshot: { ...amount, attemptId: attempt.id }
	});
	context.log.error('a provider reports money for an attempt that is over', {
		attemptId: attempt.id,
		transactionId,
		state
	});
}
