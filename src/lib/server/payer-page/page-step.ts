import type { Payment } from '$lib/server/payments/payment';
import { isOpenAttempt } from '$lib/server/payments/states';
import type { Session } from '$lib/server/sessions/session';

/** What the page shows; the four last ones are results. */
export type Step =
	'form' | 'waiting' | 'action' | 'succeeded' | 'declined' | 'canceled' | 'expired';

/**
 * The step of a session at a moment: a pure function, so that a refresh, a second tab or the way
 * back shows what is true. A session's end stops new attempts only: one under way is waited for.
 */
export function stepOf(session: Session, { state, attempt }: Payment, now: number): Step {
	switch (state) {
		case 'succeeded':
		case 'declined':
		case 'canceled':
		case 'expired':
			return state;
		case 'action_required':
			return attempt?.state === 'action_required' && attempt.action ? 'action' : 'waiting';
		case 'pending':
			return 'waiting';
		case 'created':
			if (attempt && isOpenAttempt(attempt.state)) return 'waiting';
			return now >= session.expiresAt ? 'expired' : 'form';
	}
}

/** Changes whenever the page would show something else: what a waiting page compares. */
export function versionOf(session: Session, payment: Payment, now: number): string {
	return `${payment.version}-${stepOf(session, payment, now)}`;
}
