import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import { depositPaid, unappliedReturned } from '$lib/server/ledger/bookings';
import { post } from '$lib/server/ledger/post';
import type { Receipt } from '$lib/server/providers/outcome';
import type { Attempt, Payment } from './payment';
import { countWhatCame } from './reservations';
import { isAnAmount, settledColumns, termsOfWhatCame } from './what-came';
import { writeChange } from './write-change';

/**
 * Credits money that came after a transfer was settled, for a merchant who takes more than was
 * asked: it can be refunded, limits count it, and an event says what has come in all. False: the
 * sum would be more than an amount can say, and nothing was written.
 */
export async function creditMore(
	context: Context,
	tx: Tx,
	{ payment, attempt }: { payment: Payment; attempt: Attempt },
	fresh: Receipt[]
): Promise<boolean> {
	const [first] = fresh;
	const came = fresh.reduce((sum, { amount }) => sum + amount.amount, 0);
	const terms = termsOfWhatCame(attempt, attempt.amount + came);
	if (!first || !isAnAmount(terms)) return false;
	const { merchantId, mode, transactionId, currency } = payment;
	const more = terms.userAmount - attempt.userAmount;
	await tx
		.updateTable('attempts')
		.set(settledColumns(attempt, terms))
		.where('id', '=', attempt.id)
		.execute();
	const reserved = await countWhatCame(tx, payment, more);
	const columns = { reserved_limits: reserved };
	await writeChange(context, tx, payment, { kind: 'received', columns });
	const provider = { amount: came, currency: attempt.currency };
	const entries = [
		...unappliedReturned(provider),
		...depositPaid({
			currency,
			amount: more,
			fee: terms.fee - attempt.fee,
			merchantFee: terms.merchantFee - attempt.merchantFee,
			provider,
			fxFee: terms.fxFee - attempt.fxFee
		})
	];
	const posting = `${attempt.id}:credited:${first.id}`;
	await post(context, tx, { merchantId, mode, transactionId, posting, entries });
	return true;
}
