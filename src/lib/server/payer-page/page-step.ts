import type { Payment } from '$lib/server/payments/payment';
import { isOpenAttempt } from '$lib/server/payments/states';
import type { Session } from '$lib/server/sessions/session';

/** What the page shows; all but the first four are results. `requested`: the merchant decides. */
export type Step = 'form' | 'waiting' | 'action' | 'requested' | Outcome;

export type Outcome = 'succeeded' | 'declined' | 'canceled' | 'expired' | 'rejected' | 'failed';

/**
 * The step of a session at a moment: a pure function, so that a refresh, a second tab or the way
 * back shows what is true. A session's end stops new attempts only: one under way is waited for.
 */
export function stepOf(session: Session, payment: Payment, now: number): Step {
	const { state, attempt, oneShot, reversed } = payment;
	switch (state) {
		case 'action_required':
			return attempt?.state === 'action_required' && attempt.action ? 'action' : 'waiting';
		case 'pending':
		case 'approved':
			return 'waiting';
		case 'created':
			// The merchant's server makes the one try: a payer can only wait for it.
			if (oneShot || (attempt && isOpenAttempt(attempt.state))) return 'waiting';
			return now >= session.expiresAt ? 'expired' : 'form';
		case 'succeeded':
			return reversed ? 'declined' : 'succeeded';
		default:
			return state;
	}
}

/** Whether the page tells an end, after which nothing changes. */
export function isResult(step: Step): step is Outcome {
	return step !== 'form' && step !== 'waiting' && step !== 'action' && step !== 'requested';
}
