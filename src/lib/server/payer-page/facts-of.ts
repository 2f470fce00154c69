import type { Payment } from '$lib/server/payments/payment';
import type { State } from '$lib/server/payments/states';
import { pagePath } from './page-request';
import { isResult, stepOf, versionOf, type Step } from './page-step';
import type { Scene } from './scene';

type Event = 'ready' | 'change' | 'pending' | 'success' | 'failure' | 'cancel';

const events: Record<Step, Event[]> = {
	form: ['ready'],
	waiting: ['ready', 'pending'],
	action: ['ready', 'change'],
	requested: ['ready', 'pending'],
	succeeded: ['ready', 'success'],
	declined: ['ready', 'failure'],
	expired: ['ready', 'failure'],
	canceled: ['ready', 'cancel'],
	rejected: ['ready', 'failure'],
	failed: ['ready', 'failure']
};

/** The status in events, whichever API the session came by: the words of the Cashier API. */
const statusWords: Record<State, 'pending' | 'successful' | 'rejected'> = {
	created: 'pending',
	action_required: 'pending',
	pending: 'pending',
	requested: 'pending',
	approved: 'pending',
	succeeded: 'successful',
	declined: 'rejected',
	canceled: 'rejected',
	expired: 'rejected',
	rejected: 'rejected',
	failed: 'rejected'
};

/** Long enough to read how it ended. */
const readingMs = 5000;

/** What the page's script needs to know. No card data and nothing that the payer typed. */
export function factsOf(scene: Scene, backUrl: string | null) {
	const { context, session, payment, request, now } = scene;
	const step = stepOf(session, payment, now);
	return {
		path: pagePath(request),
		statusPath: pagePath(request, 'status'),
		version: versionOf(session, payment, now),
		watch: step === 'waiting' || step === 'action' || step === 'requested',
		events: step === 'form' && payment.tries > 0 ? (['ready', 'change'] as Event[]) : events[step],
		detail: {
			transaction_id: payment.transactionId,
			...(payment.reference !== null && { tracking_id: payment.reference }),
			status: statusWords[step === 'expired' ? step : payment.state]
		},
		origins: [...new Set([context.config.origin, ...session.application.frameOrigins])],
		leaveFor: isResult(step) ? backUrl : null,
		leaveAfterMs: payment.oneShot ? 0 : readingMs,
		goTo: request.going ? redirectOf(payment) : null
	};
}

/** The provider's page, to which a payer who has just agreed goes without another press. */
function redirectOf({ attempt }: Payment): string | null {
	return attempt?.action?.type === 'redirect' ? attempt.action.url : null;
}
