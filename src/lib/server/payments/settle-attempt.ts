import type { Context } from '$lib/server/context';
import type { DeclineReason, Outcome } from '$lib/server/providers/outcome';
import { findProviderAccount } from '$lib/server/routing/provider-account';
import { applyOutcome } from './apply-outcome';
import { callProvider } from './call-provider';
import { ABANDONED, type Attempt, type Payment } from './payment';
import { CHALLENGE_MS } from './pay-until';
import { isOpenAttempt, openAttemptStates } from './states';

/**
 * Asks the provider about the payment's open attempt, or one that it attested, and books the answer.
 * An attempt that the provider never saw is called off there, which also refuses a late arrival:
 * only then does it count as not made. So is one whose payer took too long. Silence changes nothing.
 */
export async function settleOpenAttempt(context: Context, payment: Payment): Promise<void> {
	const { attempt } = payment;
	if (attempt && payment.attested) {
		await applyOutcome(context, attempt.id, await ask(context, attempt, 'inquire'));
		return;
	}
	if (!attempt || !isOpenAttempt(attempt.state)) return;
	const late = context.clock.now() >= (attempt.payUntil ?? attempt.createdAt + CHALLENGE_MS);
	const outcome = await ask(context, attempt, 'inquire');
	const isWaiting = outcome.kind === 'action_required' || outcome.kind === 'received';
	// It was called off before, and whoever did that died before it was written down.
	const isCalledOff = outcome.kind === 'canceled' && (late || attempt.state === 'sent');
	const callOff = outcome.kind === 'absent' || (isWaiting && late) || isCalledOff;
	// The word of somebody who gave up never got there.
	const goesOn = isWaiting && !callOff && !(outcome.kind === 'received' && outcome.ended);
	if (goesOn) await markAbandoned(context, attempt, null);
	await applyOutcome(
		context,
		attempt.id,
		callOff ? await callOffAttempt(context, attempt, late) : outcome
	);
}

async function callOffAttempt(context: Context, attempt: Attempt, late: boolean): Promise<Outcome> {
	const outcome = await ask(context, attempt, 'cancel');
	const timedOut = late && attempt.state === 'action_required';
	if (outcome.kind !== 'canceled') return outcome;
	if (attempt.receivedAmount > 0) {
		// What it told before has come all the same.
		const providerReference = outcome.providerReference ?? attempt.providerReference ?? '';
		return { kind: 'received', providerReference, receipts: [], ended: true };
	}
	return {
		...outcome,
		kind: 'declined',
		reason: timedOut ? lateReason(attempt) : 'provider_unavailable'
	};
}

function lateReason({ kind }: Attempt): DeclineReason {
	return kind === 'bank_transfer' ? 'not_paid_in_time' : 'authentication_timeout';
}

/**
 * Calls an open attempt off because somebody does not want it any more. What had arrived of a
 * transfer has no use then, whatever the merchant takes: nobody paid with it. That is written down
 * before the provider is asked, since its answer may be lost and heard of later.
 */
export async function abandonAttempt(context: Context, attempt: Attempt): Promise<void> {
	await markAbandoned(context, attempt, ABANDONED);
	await applyOutcome(context, attempt.id, await ask(context, attempt, 'cancel'));
}

/** Whether somebody gave an open attempt up; null takes the mark away. */
async function markAbandoned(
	{ db }: Context,
	{ id, kind, reason }: Attempt,
	mark: typeof ABANDONED | null
): Promise<void> {
	// Only what comes in parts is ever paid by less.
	if (kind !== 'bank_transfer' || reason === mark) return;
	await db.inTransaction((tx) =>
		tx
			.updateTable('attempts')
			.set({ reason: mark })
			.where('id', '=', id)
			.where('state', 'in', openAttemptStates)
			.execute()
	);
}

/** One question to the provider; whatever goes wrong on the way is `unknown`. */
async function ask(
	context: Context,
	{ id, providerAccountId, providerReference }: Attempt,
	verb: 'inquire' | 'cancel'
): Promise<Outcome> {
	return callProvider(context, async () => {
		const account = await findProviderAccount(context, providerAccountId);
		if (!account) return { kind: 'unknown', message: 'the provider account is gone' };
		return account.provider[verb](account.call, { attemptId: id, providerReference });
	});
}
