import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import { depositReversed } from '$lib/server/ledger/bookings';
import { post } from '$lib/server/ledger/post';
import type { Outcome } from '$lib/server/providers/outcome';
import type { Applied } from './apply-outcome';
import { providerText } from './move-attempt';
import type { Attempt, Payment } from './payment';
import { bookedOf } from './what-came';
import { writeChange } from './write-change';

interface Found {
	payment: Payment;
	attempt: Attempt;
}

/**
 * The rule for each outcome of a payment that its provider attested: it is final, or was taken back
 * after all; anything else leaves it as it is, and the provider is asked again.
 */
export async function settleAttested(
	context: Context,
	tx: Tx,
	{ payment, attempt }: Found,
	outcome: Exclude<Outcome, { kind: 'received' }>
): Promise<Applied> {
	const now = { ...payment, attested: false };
	switch (outcome.kind) {
		case 'succeeded':
			if (outcome.attested) return 'ignored';
			await stopAsking(tx, attempt);
			await writeChange(context, tx, now, { kind: 'confirmed', columns: { attested: 0 } });
			return 'applied';
		case 'declined':
			await reverse(context, tx, { payment: now, attempt }, outcome);
			return 'applied';
		case 'canceled':
			await reverse(context, tx, { payment: now, attempt }, { ...outcome, reason: 'declined' });
			return 'applied';
		default:
			return 'ignored';
	}
}

/**
 * The merchant was told that it is paid and may have shipped, so the state stays. The books take
 * back what they credited, which may leave the merchant owing, and an event tells of it.
 */
async function reverse(
	context: Context,
	tx: Tx,
	{ payment, attempt }: Found,
	{ reason, message }: { reason: string; message: string }
): Promise<void> {
	const { merchantId, mode, transactionId } = payment;
	const reasonMessage = providerText(message);
	await stopAsking(tx, attempt);
	const gone = { ...payment, receivedAmount: 0, reversed: true, reason, reasonMessage };
	await writeChange(context, tx, gone, {
		kind: 'reversed',
		columns: { attested: 0, reversed: 1, reason, reason_message: reasonMessage }
	});
	const entries = depositReversed(bookedOf(payment, attempt));
	const posting = `${attempt.id}:reversed`;
	await post(context, tx, { merchantId, mode, transactionId, posting, entries });
	const details = { attemptId: attempt.id, transactionId };
	context.log.error('a provider took back a payment that it had attested', details);
}

async function stopAsking(tx: Tx, { id }: Attempt): Promise<void> {
	await tx.updateTable('attempts').set({ ask_at: null }).where('id', '=', id).execute();
}
