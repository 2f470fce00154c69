import type { Context } from '$lib/server/context';
import { ConflictError } from '$lib/server/db/conflict';
import { advanceTransaction } from './advance-transaction';
import { applyOutcome } from './apply-outcome';
import { withdrawRequest } from './decide-withdrawal';
import type { Payment } from './payment';
import { readPaymentOfSession } from './read-payment';
import { ask } from './settle-attempt';
import { isOpenAttempt } from './states';

/**
 * The payer gives up. While the payer has something to do elsewhere the provider is asked first to
 * call it off; while a payment's outcome is unknown, or a withdrawal is on its way, nothing can be
 * canceled. `not_now`: it stands as the state tells.
 */
export async function cancelPayment(
	context: Context,
	payment: Payment
): Promise<'canceled' | 'not_now'> {
	if (payment.intent === 'withdrawal' && payment.state !== 'created') {
		return (await withdrawRequest(context, payment)) ? 'canceled' : 'not_now';
	}
	await callOffAttempt(context, payment);
	const now = await readPaymentOfSession(context, payment.sessionId);
	if (now.state !== 'created') return now.state === 'canceled' ? 'canceled' : 'not_now';
	if (now.attempt && isOpenAttempt(now.attempt.state)) return 'not_now';
	try {
		await context.db.inTransaction((tx) =>
			advanceTransaction(context, tx, now, {
				to: 'canceled',
				kind: 'canceled',
				reason: 'canceled_by_payer',
				reasonMessage: 'Canceled by the payer'
			})
		);
		return 'canceled';
	} catch (error) {
		if (error instanceof ConflictError) return 'not_now';
		throw error;
	}
}

/**
 * Ends a try that waits for the payer, so that another way can be taken. The provider decides: what
 * was paid meanwhile is paid.
 */
export async function callOffAttempt(context: Context, { attempt }: Payment): Promise<void> {
	if (attempt?.state !== 'action_required') return;
	await applyOutcome(context, attempt.id, await ask(context, attempt, 'cancel'));
}
