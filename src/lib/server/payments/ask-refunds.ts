import type { Context } from '$lib/server/context';
import { describeError } from '$lib/server/log/describe-error';
import { nextAskAt } from './ask-schedule';
import { settleRefund } from './send-refund';

const AT_ONCE = 50;

/**
 * Asks providers about refunds that are undecided, with growing gaps and for as long as it takes.
 * Returns how many were asked about.
 */
export async function askRefunds(context: Context): Promise<number> {
	const claimed = await claim(context);
	await Promise.all(
		claimed.map(async (id) => {
			try {
				await settleRefund(context, id);
			} catch (error) {
				context.log.error('a refund could not be settled', { error: describeError(error) });
			}
		})
	);
	return claimed.length;
}

/** The next time serves as the lease, as in ask-undecided.ts. */
async function claim({ db, clock }: Context): Promise<string[]> {
	const now = clock.now();
	const isDue = await db.read
		.selectFrom('refunds')
		.select('id')
		.where('ask_at', '<=', now)
		.limit(1)
		.executeTakeFirst();
	if (!isDue) return [];
	return db.inTransaction(async (tx) => {
		const due = await tx
			.selectFrom('refunds')
			.select(['id', 'asked'])
			.where('ask_at', '<=', now)
			.orderBy('ask_at')
			.limit(AT_ONCE)
			.$if(db.engine === 'postgres', (query) => query.forUpdate().skipLocked())
			.execute();
		for (const { id, asked } of due) {
			const next = { asked: asked + 1, ask_at: nextAskAt(now, asked + 1) };
			await tx.updateTable('refunds').set(next).where('id', '=', id).execute();
		}
		return due.map(({ id }) => id);
	});
}
