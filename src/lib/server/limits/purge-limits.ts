import type { Context } from '$lib/server/context';

/** Longer than the longest period, a month, by more than any payment stays undecided. */
const KEPT_MS = 400 * 86_400_000;

/** Forgets counters of periods that are long over. Returns how many. */
export async function purgeLimits({ db, clock }: Context): Promise<number> {
	const before = clock.now() - KEPT_MS;
	const old = await db.read
		.selectFrom('limit_counters')
		.select('subject')
		.where('period_start', '<=', before)
		.limit(1)
		.executeTakeFirst();
	if (!old) return 0;
	const { numDeletedRows } = await db.inTransaction((tx) =>
		tx.deleteFrom('limit_counters').where('period_start', '<=', before).executeTakeFirst()
	);
	return Number(numDeletedRows);
}
