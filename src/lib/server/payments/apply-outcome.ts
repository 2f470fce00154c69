import type { Context } from '$lib/server/context';
import { retryConflicts } from '$lib/server/db/conflict';
import type { Tx } from '$lib/server/db/database';
import type { Outcome } from '$lib/server/providers/outcome';
import { applyReceipts } from './apply-receipts';
import { bookUnapplied } from './book-unapplied';
import type { Attempt, Payment } from './payment';
import { readPaymentAt } from './read-payment';
import { settleAttested } from './settle-attested';
import { settleDeposit } from './settle-deposit';
import { settlePayout } from './settle-payout';
import { isOpenAttempt } from './states';

/** What became of an outcome; `ignored` changed nothing, for a reason that the log names. */
export type Applied = 'applied' | 'ignored';

/**
 * Books what a provider said of an attempt, wherever it was heard: in a reply, a notification or an
 * inquiry. Applying the same outcome again, a late one or one that does not fit changes nothing.
 * The attempt, the transaction, the event, the webhook and the ledger are written in one database
 * transaction.
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
			if (outcome.kind === 'received') return applyReceipts(context, tx, found, outcome);
			const isAttested = found.payment.attested && found.attempt.state === 'succeeded';
			const isAwaited = isAttested || isOpenAttempt(found.attempt.state);
			if (!isAwaited) return applyLate(context, tx, found, outcome);
			if (!fits(found.attempt, outcome)) {
				const details = { attemptId, outcome: outcome.kind };
				context.log.error('an outcome does not fit its attempt', details);
				return 'ignored';
			}
			if (isAttested) return settleAttested(context, tx, found, outcome);
			const settle = found.payment.intent === 'withdrawal' ? settlePayout : settleDeposit;
			return settle(context, tx, found, outcome);
		})
	);
}

/** A provider that moved another amount than it was asked to needs a person. */
function fits({ amount, currency }: Attempt, outcome: Outcome): boolean {
	if (outcome.kind !== 'succeeded') return true;
	return outcome.amount.amount === amount && outcome.amount.currency === currency;
}

/** An attempt that is over stays so; but money that it moved after all is money. */
async function applyLate(
	context: Context,
	tx: Tx,
	found: { payment: Payment; attempt: Attempt },
	outcome: Outcome
): Promise<Applied> {
	const isUnpaid = found.attempt.state !== 'succeeded' || found.payment.reversed;
	// What is only attested may still be taken back: its final word will come.
	const isNews = outcome.kind === 'succeeded' && !outcome.attested && isUnpaid;
	if (isNews) await bookUnapplied(context, tx, found, outcome);
	return 'ignored';
}
