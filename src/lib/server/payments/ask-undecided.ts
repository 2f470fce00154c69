import type { Context } from '$lib/server/context';
import { describeError } from '$lib/server/log/describe-error';
import { openAttemptStates } from './states';
import { nextAskOf } from './ask-schedule';
import { readPaymentOfAttempt } from './read-payment';
import { settleOpenAttempt } from './settle-attempt';

const AT_ONCE = 50;

/**
 * Asks providers about attempts that are due, with growing gaps and for as long as it takes: an
 * attempt never fails for silence. Returns how many were asked about.
 */
export async function askUndecided(context: Context): Promise<number> {
	const claimed = await claim(context);
	await Promise.all(
		claimed.map(async ({ id }) => {
			try {
				const payment = await readPaymentOfAttempt(context.db.read, id);
				if (payment?.attempt?.id === id) await settleOpenAttempt(context, payment);
			} catch (error) {
				context.log.error('an attempt could not be settled', { error: describeError(error) });
			}
		})
	);
	return claimed.length;
}

/**
 * Takes what is due by setting the next time, which serves as the lease: should this process die
 * while it asks, whoever looks then goes on.
 */
async function claim({ db, clock }: Context): Promise<{ id: string }[]> {
	const now = clock.now();
	const isDue = await db.read
		.selectFrom('attempts')
		.select('id')
		.where('ask_at', '<=', now)
		.limit(1)
		.executeTakeFirst();
	if (!isDue) return [];
	return db.inTransaction(async (tx) => {
		const due = await tx
			.selectFrom('attempts')
			.select(['id', 'asked', 'state', 'pay_until'])
			.where('ask_at', '<=', now)
			.where('state', 'in', openAttemptStates)
			.orderBy('ask_at')
			.limit(AT_ONCE)
			.$if(db.engine === 'postgres', (query) => query.forUpdate().skipLocked())
			.execute();
		for (const attempt of due) {
			const { id, asked } = attempt;
			await tx
				.updateTable('attempts')
				.set({ asked: asked + 1, ask_at: nextAskOf(attempt, now, asked + 1) })
				.where('id', '=', id)
				.execute();
		}
		return due;
	});
}
