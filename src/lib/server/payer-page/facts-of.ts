import type { Payment } from '$lib/server/payments/payment';
import type { State } from '$lib/server/payments/states';
import { pagePath } from './page-request';
import { isResult, stepOf, type Step } from './page-step';
import type { Scene } from './scene';
import { versionOf } from './version-of';

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

/** What the page's script needs to know. No card data and nothing that the payer typed. */
export function factsOf(scene: Scene, backUrl: string | null) {
	const { context, session, payment, request, now, barrier } = scene;
	const step = stepOf(session, payment, now);
	const isHeld = barrier.opensInMs !== null;
	return {
		path: pagePath(request),
		statusPath: pagePath(request, 'status'),
		version: versionOf(scene),
		watch: step === 'waiting' || step === 'action' || step === 'requested',
		opensInMs: barrier.opensInMs,
		events: eventsOf(scene, step),
		detail: {
			transaction_id: payment.transactionId,
			...(payment.reference !== null && { tracking_id: payment.reference }),
			status: isHeld ? 'pending' : statusWords[isResult(step) ? step : payment.state]
		},
		origins: [...new Set([context.config.origin, ...session.application.frameOrigins])],
		leaveFor: isResult(step) && !isHeld ? backUrl : null,
		leaveAfterMs: barrier.leaveAfterMs,
		goTo: request.going ? redirectOf(payment) : null
	};
}

/** The merchant's page hears of an end when its server has. */
function eventsOf({ payment, barrier }: Scene, step: Step): Event[] {
	if (barrier.opensInMs !== null) return ['ready', 'pending'];
	return step === 'form' && payment.tries > 0 ? ['ready', 'change'] : events[step];
}

/** The provider's page, to which a payer who has just agreed goes without another press. */
function redirectOf({ attempt }: Payment): string | null {
	return attempt?.action?.type === 'redirect' ? attempt.action.url : null;
}
