import type { Context } from '$lib/server/context';
import { describeError } from '$lib/server/log/describe-error';
import type { Outcome } from '$lib/server/providers/provider';
import { applyOutcome } from './apply-outcome';
import { CHALLENGE_MS } from './ask-schedule';
import type { Attempt, Payment } from './payment';
import { findProviderAccount } from './provider-account';
import { isOpenAttempt } from './states';

/**
 * Asks the provider about the payment's open attempt and books the answer. An attempt that the
 * provider never saw is called off there, which also refuses a late arrival: only then does it
 * count as not made. So is a challenge that outlasted its time. Silence changes nothing.
 */
export async function settleOpenAttempt(context: Context, payment: Payment): Promise<void> {
	const { attempt } = payment;
	if (!attempt || !isOpenAttempt(attempt.state)) return;
	const late = context.clock.now() - attempt.createdAt >= CHALLENGE_MS;
	const outcome = await ask(context, attempt, 'inquire');
	const callOff = outcome.kind === 'absent' || (outcome.kind === 'action_required' && late);
	await applyOutcome(
		context,
		attempt.id,
		callOff ? await callOffAttempt(context, attempt, late) : outcome
	);
}

async function callOffAttempt(context: Context, attempt: Attempt, late: boolean): Promise<Outcome> {
	const outcome = await ask(context, attempt, 'cancel');
	if (outcome.kind !== 'canceled') return outcome;
	const timedOut = late && attempt.state === 'action_required';
	const reason = timedOut ? 'authentication_timeout' : 'provider_unavailable';
	return { ...outcome, kind: 'declined', reason };
}

/** One question to the provider; whatever goes wrong on the way is `unknown`. */
export async function ask(
	context: Context,
	{ id, providerAccountId, providerReference }: Attempt,
	verb: 'inquire' | 'cancel'
): Promise<Outcome> {
	try {
		const account = await findProviderAccount(context, providerAccountId);
		if (!account) return { kind: 'unknown', message: 'the provider account is gone' };
		return await account.provider[verb](account.call, { attemptId: id, providerReference });
	} catch (error) {
		context.log.error('a provider module failed', { error: describeError(error) });
		return { kind: 'unknown', message: 'the provider module failed' };
	}
}
