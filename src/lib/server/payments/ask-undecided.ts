import type { Context } from '$lib/server/context';
import { nextAskOf } from './ask-schedule';
import { claimDue, workOrReport } from './claim-due';
import { readPaymentOfAttempt } from './read-payment';
import { settleOpenAttempt } from './settle-attempt';

/**
 * Asks providers about attempts that are due, the attested ones too, with growing gaps and for as
 * long as it takes: an attempt never fails for silence. Returns how many were asked about.
 */
export async function askUndecided(context: Context): Promise<number> {
	const claimed = await claimDue(context, {
		atOnce: 50,
		due: (from, now) =>
			from
				.selectFrom('attempts')
				.select(['id', 'asked', 'state', 'pay_until'])
				.where('ask_at', '<=', now)
				.orderBy('ask_at'),
		putOff: (tx, { id, asked, ...attempt }, now) =>
			tx
				.updateTable('attempts')
				.set({ asked: asked + 1, ask_at: nextAskOf(attempt, now, asked + 1) })
				.where('id', '=', id)
				.execute()
	});
	const problem = 'an attempt could not be settled';
	await Promise.all(
		claimed.map(({ id }) => workOrReport(context, () => settle(context, id), problem))
	);
	return claimed.length;
}

async function settle(context: Context, attemptId: string): Promise<void> {
	const payment = await readPaymentOfAttempt(context.db.read, attemptId);
	if (payment?.attempt?.id === attemptId) await settleOpenAttempt(context, payment);
}
