import type { Context } from '$lib/server/context';
import { ConflictError } from '$lib/server/db/conflict';
import { describeError } from '$lib/server/log/describe-error';
import { advanceTransaction, type Change } from '$lib/server/payments/advance-transaction';
import type { Payment } from '$lib/server/payments/payment';
import { readPaymentOfSession } from '$lib/server/payments/read-payment';
import { isOpenAttempt, mayBecome, openAttemptStates } from '$lib/server/payments/states';

const AT_ONCE = 50;

/**
 * Ends the transactions of sessions whose time is up. One with an attempt that may still bring
 * money stays until the provider has spoken. Returns how many ended.
 */
export async function expireSessions(context: Context): Promise<number> {
	const due = await context.db.read
		.selectFrom('transactions as t')
		.select('t.session_id')
		.where('t.expires_at', '<=', context.clock.now())
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('attempts as a')
						.select('a.id')
						.whereRef('a.transaction_id', '=', 't.id')
						.where('a.state', 'in', openAttemptStates)
				)
			)
		)
		.orderBy('t.expires_at')
		.limit(AT_ONCE)
		.execute();
	let ended = 0;
	for (const { session_id } of due) ended += await expire(context, session_id);
	return ended;
}

async function expire(context: Context, sessionId: string): Promise<0 | 1> {
	const payment = await readPaymentOfSession(context, sessionId);
	const { attempt, state, intent } = payment;
	if (!mayBecome(intent, state, 'expired') || (attempt && isOpenAttempt(attempt.state))) return 0;
	const change = payment.oneShot ? interrupted(payment) : ended;
	try {
		await context.db.inTransaction((tx) => advanceTransaction(context, tx, payment, change));
		return 1;
	} catch (error) {
		// A payer was faster by a moment: the payment goes on. Any other fault holds up none behind it.
		if (!(error instanceof ConflictError)) {
			context.log.error('a session could not be ended', { error: describeError(error) });
		}
		return 0;
	}
}

const ended: Change = {
	to: 'expired',
	kind: 'expired',
	reason: 'expired',
	reasonMessage: 'The session ended'
};

/** A call of the merchant's server that broke off before it was sent, or between two accounts. */
function interrupted({ reason, reasonMessage }: Payment): Change {
	return {
		to: 'declined',
		kind: 'declined',
		reason: reason ?? 'provider_unavailable',
		reasonMessage: reasonMessage ?? 'The payment broke off before it was sent'
	};
}
