import type { Context } from '$lib/server/context';
import { ConflictError } from '$lib/server/db/conflict';
import { BusinessError } from '$lib/server/errors';
import { advanceTransaction } from './advance-transaction';
import { withdrawRequest } from './decide-withdrawal';
import type { Payment } from './payment';
import { readPaymentOfSession } from './read-payment';
import { abandonAttempt } from './settle-attempt';
import { isFinal, isOpenAttempt } from './states';

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
	return (await end(context, now, 'payer')) ? 'canceled' : 'not_now';
}

/** How often a merchant's cancel meets a payment that changes at the same moment. */
const MAX_ROUNDS = 5;

/**
 * The merchant gives up a payment with which nobody has begun. To cancel again what the merchant has
 * canceled changes nothing. Returns the payment as it stands then.
 *
 * @throws BusinessError `not_cancelable` once it has ended otherwise, or while something is with a
 * provider, which may still bring money
 */
export async function cancelForMerchant(context: Context, payment: Payment): Promise<Payment> {
	let now = payment;
	for (let round = 1; round <= MAX_ROUNDS; round++) {
		if (now.state === 'canceled' && now.reason === 'canceled_by_merchant') return now;
		const isBegun = now.attempt !== null && isOpenAttempt(now.attempt.state);
		if (now.state !== 'created' || isBegun) throw notCancelable(now);
		const canceled = await end(context, now, 'merchant');
		if (canceled) return canceled;
		now = await readPaymentOfSession(context, payment.sessionId);
	}
	throw notCancelable(now);
}

function notCancelable({ state }: Payment): BusinessError {
	const why = isFinal(state) ? 'has ended' : 'is with a provider, which may still bring money';
	return new BusinessError('not_cancelable', `It cannot be canceled: the payment ${why}`);
}

/** Ends a payment that nothing was begun with; undefined: somebody was faster. */
async function end(
	context: Context,
	payment: Payment,
	by: 'payer' | 'merchant'
): Promise<Payment | undefined> {
	try {
		return await context.db.inTransaction((tx) =>
			advanceTransaction(context, tx, payment, {
				to: 'canceled',
				kind: 'canceled',
				reason: `canceled_by_${by}`,
				reasonMessage: `Canceled by the ${by}`
			})
		);
	} catch (error) {
		if (error instanceof ConflictError) return undefined;
		throw error;
	}
}

/**
 * Ends a try that waits for the payer, so that another way can be taken. The provider decides: what
 * was paid meanwhile is paid.
 */
export async function callOffAttempt(context: Context, { attempt }: Payment): Promise<void> {
	if (attempt?.state !== 'action_required') return;
	await abandonAttempt(context, attempt);
}
