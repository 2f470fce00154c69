import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import { payoutFailed, payoutPaid, payoutSent } from '$lib/server/ledger/bookings';
import { post } from '$lib/server/ledger/post';
import type { Outcome } from '$lib/server/providers/outcome';
import type { Applied } from './apply-outcome';
import { nextAskAt } from './ask-schedule';
import { continueWithdrawal, endLeg } from './continue-withdrawal';
import { moveAttempt, providerText } from './move-attempt';
import type { Attempt, Payment } from './payment';
import { writeChange } from './write-change';

interface Found {
	payment: Payment;
	attempt: Attempt;
}

/** Marks an attempt of which the merchant was told that nothing is decided. */
const UNDECIDED = 'undecided';

/** The rule for each outcome of an open attempt that sends money to a payer. */
export async function settlePayout(
	context: Context,
	tx: Tx,
	found: Found,
	outcome: Exclude<Outcome, { kind: 'received' }>
): Promise<Applied> {
	const { attempt } = found;
	switch (outcome.kind) {
		case 'succeeded':
			// Sent for good, or not sent: a merchant's money is not given out on trust.
			if (outcome.attested) return wait(context, tx, found, outcome.providerReference);
			return settlePaid(context, tx, found, outcome.providerReference);
		case 'declined': {
			// One that the provider never saw was called off there: it is as good as unsent.
			const isUnsent = outcome.reason === 'provider_unavailable';
			return settleDeclined(context, tx, found, {
				...outcome,
				soft: outcome.soft ?? false,
				isUnsent
			});
		}
		case 'unreachable': {
			const words = { reason: 'provider_unavailable', message: outcome.message };
			const unsent = { ...words, providerReference: null, soft: true, isUnsent: true };
			return settleDeclined(context, tx, found, unsent);
		}
		case 'canceled':
			return settleDeclined(context, tx, found, {
				...outcome,
				reason: 'declined',
				soft: false,
				isUnsent: false
			});
		case 'pending':
		case 'action_required':
			return wait(context, tx, found, outcome.providerReference);
		case 'unknown':
			return wait(context, tx, found, attempt.providerReference);
		case 'absent':
			return 'ignored';
	}
}

async function settlePaid(
	context: Context,
	tx: Tx,
	{ payment, attempt }: Found,
	providerReference: string
): Promise<Applied> {
	const { merchantId, mode, transactionId, currency } = payment;
	const { userAmount, fee, merchantFee, fxFee } = attempt;
	await moveAttempt(context, tx, attempt, { to: 'succeeded', providerReference });
	await endLeg(tx, transactionId, attempt.leg, { state: 'paid' });
	const provider = { amount: attempt.amount, currency: attempt.currency };
	const entries = payoutPaid({ currency, amount: userAmount, fee, merchantFee, provider, fxFee });
	const { id: attemptId, method } = attempt;
	const told = { kind: 'leg_paid', snapshot: { attemptId, method } } as const;
	await continueWithdrawal(context, tx, payment, told);
	// Last, for a merchant's balances are waited for by others.
	await post(context, tx, { merchantId, mode, transactionId, posting: attempt.id, entries });
	return 'applied';
}

interface Declined {
	providerReference: string | null;
	reason: string;
	message: string;
	/** Another account may do better. */
	soft: boolean;
	/** Nothing was sent, or it was called off unseen: the same account may be asked again. */
	isUnsent: boolean;
}

/** Tries after which a leg that could never be sent is given up: about a day and a half. */
const MOST_UNSENT = 40;

/**
 * A soft decline leaves the leg to the next account that has not tried it. One that was never sent
 * is tried again, after the others and with growing gaps: the merchant has approved it. Any other
 * word ends the leg, and its money is available again.
 */
async function settleDeclined(
	context: Context,
	tx: Tx,
	{ payment, attempt }: Found,
	{ providerReference, reason, message, soft, isUnsent }: Declined
): Promise<Applied> {
	const { merchantId, mode, transactionId, currency } = payment;
	const reasonMessage = providerText(message);
	await moveAttempt(context, tx, attempt, {
		to: 'declined',
		providerReference,
		reason,
		reasonMessage
	});
	const amount = attempt.userAmount;
	const hasNext = attempt.followers > 0 && (soft || isUnsent);
	const goesOn = hasNext || (isUnsent && attempt.number < MOST_UNSENT);
	const entries = goesOn
		? negate(payoutSent({ currency, amount }))
		: payoutFailed({ currency, amount });
	const posting = `${attempt.id}:${goesOn ? 'unsent' : 'failed'}`;
	const words = { reason, reasonMessage };
	if (!goesOn) await endLeg(tx, transactionId, attempt.leg, { state: 'failed', ...words });
	const snapshot = { attemptId: attempt.id, method: attempt.method };
	const now = context.clock.now();
	const workAt = goesOn && !hasNext ? nextAskAt(now, attempt.number) : now;
	const told = { kind: 'leg_failed', ...words, snapshot, workAt } as const;
	await continueWithdrawal(context, tx, payment, told);
	await post(context, tx, { merchantId, mode, transactionId, posting, entries });
	return 'applied';
}

/** Undecided: the worker asks for as long as it takes. The merchant is told once. */
async function wait(
	context: Context,
	tx: Tx,
	{ payment, attempt }: Found,
	providerReference: string | null
): Promise<Applied> {
	const isKnown = providerReference === null || providerReference === attempt.providerReference;
	const isTold = attempt.reason === UNDECIDED;
	if (isKnown && isTold) return 'ignored';
	await moveAttempt(context, tx, attempt, { to: 'sent', providerReference, reason: UNDECIDED });
	if (isTold) return 'applied';
	await writeChange(context, tx, payment, { kind: 'pending' });
	return 'applied';
}

function negate<Entry extends { amount: number }>(entries: Entry[]): Entry[] {
	return entries.map((entry) => ({ ...entry, amount: -entry.amount }));
}
