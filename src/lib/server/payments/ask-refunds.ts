import type { Context } from '$lib/server/context';
import { nextAskAt } from './ask-schedule';
import { claimDue, workOrReport } from './claim-due';
import { settleRefund } from './send-refund';

/**
 * Asks providers about refunds that are undecided, with growing gaps and for as long as it takes.
 * Returns how many were asked about.
 */
export async function askRefunds(context: Context): Promise<number> {
	const claimed = await claimDue(context, {
		atOnce: 50,
		due: (from, now) =>
			from
				.selectFrom('refunds')
				.select(['id', 'asked'])
				.where('ask_at', '<=', now)
				.orderBy('ask_at'),
		putOff: (tx, { id, asked }, now) =>
			tx
				.updateTable('refunds')
				.set({ asked: asked + 1, ask_at: nextAskAt(now, asked + 1) })
				.where('id', '=', id)
				.execute()
	});
	const problem = 'a refund could not be settled';
	await Promise.all(
		claimed.map(({ id }) => workOrReport(context, () => settleRefund(context, id), problem))
	);
	return claimed.length;
}
