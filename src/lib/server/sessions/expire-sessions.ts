import type { Context } from '$lib/server/context';
import { ConflictError } from '$lib/server/db/conflict';
import { describeError } from '$lib/server/log/describe-error';
import { advanceTransaction } from '$lib/server/payments/advance-transaction';
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
	const { attempt, state } = payment;
	if (!mayBecome(state, 'expired') || (attempt && isOpenAttempt(attempt.state))) return 0;
	const change = { to: 'expired', kind: 'expired', reason: 'expired' } as const;
	try {
		await context.db.inTransaction((tx) =>
			advanceTransaction(context, tx, payment, { ...change, reasonMessage: 'The session ended' })
		);
		return 1;
	} catch (error) {
		// A payer was faster by a moment: the payment goes on. Any other fault holds up none behind it.
		if (!(error instanceof ConflictError)) {
			context.log.error('a session could not be ended', { error: describeError(error) });
		}
		return 0;
	}
}
