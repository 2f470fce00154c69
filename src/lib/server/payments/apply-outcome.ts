import type { Context } from '$lib/server/context';
import { ConflictError, retryConflicts } from '$lib/server/db/conflict';
import type { Tx } from '$lib/server/db/database';
import { redactText } from '$lib/server/log/redact-text';
import type { Outcome } from '$lib/server/providers/provider';
import { advanceTransaction, type Change } from './advance-transaction';
import { nextAskAt } from './ask-schedule';
import { MAX_TRIES, type Attempt, type Payment } from './payment';
import { bookUnapplied } from './book-unapplied';
import { readPaymentAt } from './read-payment';
import { isOpenAttempt, type AttemptState } from './states';

/** What became of an outcome; `ignored` changed nothing, for a reason that the log names. */
export type Applied = 'applied' | 'ignored';

/**
 * Books what a provider said of an attempt, wherever it was heard: in a reply, a notification or an
 * inquiry. Applying the same outcome again, a late one or one that does not fit changes nothing.
 * The attempt, the transaction, the event and the webhook are written in one database transaction.
 */
export async function applyOutcome(
	context: Context,
	attemptId: string,
	outcome: Outcome
): Promise<Applied> {
	return retryConflicts(() =>
		context.db.inTransaction(async (tx) => {
			const found = await readPaymentAt(tx, attemptId);
			if (!found) return 'ignored';
			const { payment, attempt } = found;
			if (!isOpenAttempt(attempt.state)) {
				const isNews = outcome.kind === 'succeeded' && attempt.state !== 'succeeded';
				if (isNews) await bookUnapplied(context, tx, found, outcome);
				return 'ignored';
			}
			const step = stepFor(payment, attempt, outcome);
			if (!step) return 'ignored';
			if (step === 'mismatch') {
				const details = { attemptId, outcome: outcome.kind };
				context.log.error('an outcome does not fit its attempt', details);
				return 'ignored';
			}
			await moveAttempt(context, tx, attempt, step);
			if (step.change) await advanceTransaction(context, tx, payment, step.change);
			return 'applied';
		})
	);
}

interface Step {
	attempt: AttemptState;
	providerReference: string | null;
	action?: string;
	reason?: string;
	reasonMessage?: string;
	/** How the transaction changes; left out where only the attempt learns something. */
	change?: Change;
}

/** The rule for each outcome. Undefined: nothing new was said. */
function stepFor(
	payment: Payment,
	attempt: Attempt,
	outcome: Outcome
): Step | 'mismatch' | undefined {
	switch (outcome.kind) {
		case 'succeeded': {
			const { amount, currency } = outcome.amount;
			if (amount !== attempt.amount || currency !== attempt.currency) return 'mismatch';
			const { providerReference } = outcome;
			const change: Change = {
				to: 'succeeded',
				kind: 'succeeded',
				reason: null,
				reasonMessage: null
			};
			return { attempt: 'succeeded', providerReference, change };
		}
		case 'declined':
			return declinedStep(payment, 'declined', outcome, outcome.reason);
		case 'canceled':
			return declinedStep(payment, 'canceled', outcome, 'authentication_canceled');
		case 'action_required':
			if (attempt.state === 'action_required' || payment.state === 'action_required') {
				return undefined;
			}
			return {
				attempt: 'action_required',
				providerReference: outcome.providerReference,
				action: JSON.stringify(outcome.action),
				change: { to: 'action_required', kind: 'action_required' }
			};
		case 'pending':
			return undecidedStep(payment, attempt, outcome.providerReference);
		case 'unknown':
			// Silence during a challenge says nothing about the payer, who may still be at it.
			if (attempt.state === 'action_required') return undefined;
			return undecidedStep(payment, attempt, attempt.providerReference);
		case 'absent':
			return undefined;
	}
}

function declinedStep(
	payment: Payment,
	attempt: 'declined' | 'canceled',
	{ providerReference, message }: { providerReference: string | null; message: string },
	reason: string
): Step {
	const last = payment.tries >= MAX_TRIES;
	const sentence = providerText(message);
	const change: Change = {
		to: last ? 'declined' : 'created',
		kind: last ? 'declined' : 'try_declined',
		reason,
		reasonMessage: sentence
	};
	return { attempt, providerReference, reason, reasonMessage: sentence, change };
}

/** Acquirers are known to echo card numbers; PostgreSQL stores no NUL. */
function providerText(message: string): string {
	return redactText(message.replaceAll('\0', ''), 500);
}

function undecidedStep(
	payment: Payment,
	attempt: Attempt,
	providerReference: string | null
): Step | undefined {
	if (payment.state === 'pending' && attempt.state === 'sent') {
		const isKnown = providerReference === null || providerReference === attempt.providerReference;
		return isKnown ? undefined : { attempt: 'sent', providerReference };
	}
	return {
		attempt: 'sent',
		providerReference,
		change: { to: 'pending', kind: 'pending' }
	};
}

async function moveAttempt(context: Context, tx: Tx, attempt: Attempt, step: Step): Promise<void> {
	const now = context.clock.now();
	const open = isOpenAttempt(step.attempt);
	const { numUpdatedRows } = await tx
		.updateTable('attempts')
		.set({
			state: step.attempt,
			provider_reference: step.providerReference ?? attempt.providerReference,
			action: step.action ?? null,
			reason: step.reason ?? null,
			reason_message: step.reasonMessage ?? null,
			ask_at: open ? nextAskAt(now, 0) : null,
			updated_at: now
		})
		.where('id', '=', attempt.id)
		.where('state', '=', attempt.state)
		.executeTakeFirst();
	if (numUpdatedRows !== 1n) throw new ConflictError('The attempt was changed meanwhile');
}
