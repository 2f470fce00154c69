import { newId, type Context } from '$lib/server/context';
import { ConflictError, isUniqueViolation } from '$lib/server/db/conflict';
import type { Tx } from '$lib/server/db/database';
import { payoutSent } from '$lib/server/ledger/bookings';
import { post } from '$lib/server/ledger/post';
import type { Outcome } from '$lib/server/providers/outcome';
import type { Destination } from '$lib/server/providers/provider';
import type { Choice, Decision } from '$lib/server/routing/decision';
import { advanceTransaction } from './advance-transaction';
import { applyOutcome } from './apply-outcome';
import { attemptRow } from './attempt-row';
import { callProvider } from './call-provider';
import type { Leg } from './leg';
import type { Payment } from './payment';
import { writeChange } from './write-change';

interface Sending {
	payment: Payment;
	leg: Leg;
	destination: Destination;
	choice: Choice;
	decision: Decision;
}

/**
 * Sends one leg of a withdrawal to one account: writes the intent, commits, calls the provider,
 * writes the outcome.
 */
export async function sendLeg(context: Context, sending: Sending): Promise<void> {
	const attemptId = newId(context);
	try {
		await context.db.inTransaction((tx) => writePayout(context, tx, attemptId, sending));
	} catch (error) {
		// Another worker, after a lapsed lease, was faster.
		if (error instanceof ConflictError || isUniqueViolation(error)) return;
		throw error;
	}
	await applyOutcome(context, attemptId, await payOut(context, attemptId, sending));
}

/** Writes down that a provider is about to be asked, before it is. */
async function writePayout(
	context: Context,
	tx: Tx,
	attemptId: string,
	{ payment, leg, choice, decision }: Sending
): Promise<void> {
	const { transactionId, merchantId, mode, currency } = payment;
	const { offer } = choice;
	const { explanation } = decision;
	const change = {
		kind: 'payout_sent',
		columns: { tries: payment.tries + 1, work_at: null },
		snapshot: { attemptId, method: offer.name, explanation }
	} as const;
	if (payment.state === 'approved') {
		await advanceTransaction(context, tx, payment, { ...change, to: 'pending' });
	} else await writeChange(context, tx, payment, change);
	const row = attemptRow(context, {
		payment,
		attemptId,
		choice,
		userAmount: leg.amount,
		followers: decision.choices.length - 1
	});
	await tx
		.insertInto('attempts')
		.values({ ...row, leg: leg.number })
		.execute();
	const entries = payoutSent({ currency, amount: leg.amount });
	await post(context, tx, {
		merchantId,
		mode,
		transactionId,
		posting: `${attemptId}:sent`,
		entries
	});
}

function payOut(
	context: Context,
	attemptId: string,
	{ destination, choice: { account, offer, terms } }: Sending
): Promise<Outcome> {
	const { provider, call } = account;
	const payout = { attemptId, method: offer.name, amount: terms.provider, destination };
	return callProvider(context, async () => {
		const outcome = await provider.payOut?.(call, { ...payout, description: null });
		return outcome ?? { kind: 'unreachable', message: 'the provider has no such verb' };
	});
}
