import { MAX_AMOUNT } from '$lib/money/money';
import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { LimitRule } from '$lib/server/merchants/merchant-settings';
import { countersFor, type Counter, type Mover } from './counters-for';
import { releaseLimits } from './release-limits';
import { readRoom, tightest } from './read-room';

/** What was counted in one counter; kept as JSON, to be given back should the payment fail. */
export interface Reservation {
	subject: string;
	/** Milliseconds since 1970: it is given back to the period it was taken from. */
	periodStart: number;
	/** Minor units. */
	amount: number;
}

/** The rule that stands in the way. */
export interface Exceeded {
	rule: LimitRule;
	/** Minor units that may still be moved; 0 where no use is left. */
	left: number;
	/** When the period ends, milliseconds since 1970. */
	until: number;
}

/**
 * Counts a payment in every rule that it falls under, or in none: no counter passes its limit,
 * whoever counts at the same time. A refusal leaves nothing behind, whether the caller throws or
 * commits. Of several rules in the way the tightest is told. A payer without a reference is not
 * limited, since nobody can be told apart. `amount`: minor units of `currency`.
 */
export async function reserveLimits(
	context: Context,
	tx: Tx,
	rules: readonly LimitRule[],
	use: Mover & { amount: number }
): Promise<{ reservations: Reservation[] } | { exceeded: Exceeded }> {
	const { amount } = use;
	if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError('not an amount to move');
	const counters = countersFor(rules, use, context.clock.now());
	const reservations: Reservation[] = [];
	for (const counter of counters) {
		if (await count(tx, counter, amount)) {
			const { subject, periodStart } = counter;
			reservations.push({ subject, periodStart, amount });
			continue;
		}
		await releaseLimits(tx, reservations);
		return { exceeded: await exceededOf(tx, counters, counter, amount) };
	}
	return { reservations };
}

/** Counts in one counter unless that would pass its limit: one statement, which decides. */
async function count(tx: Tx, { rule, subject, periodStart }: Counter, amount: number) {
	// A sum without a limit is bounded as every amount is, so that it always stays exact.
	const most = rule.amount ?? MAX_AMOUNT;
	if (amount > most || rule.uses === 0) return false;
	const row = await tx
		.insertInto('limit_counters')
		.values({ subject, period_start: periodStart, amount, uses: 1 })
		.onConflict((conflict) =>
			conflict
				.columns(['subject', 'period_start'])
				.doUpdateSet(({ eb, ref }) => ({
					amount: eb(ref('limit_counters.amount'), '+', amount),
					uses: eb(ref('limit_counters.uses'), '+', 1)
				}))
				.where('limit_counters.amount', '<=', most - amount)
				.where('limit_counters.uses', '<', rule.uses ?? MAX_AMOUNT)
		)
		.returning('uses')
		.executeTakeFirst();
	return row !== undefined;
}

/** The tightest of the rules that refuse the amount; `refused` is one of them in any case. */
async function exceededOf(
	tx: Tx,
	counters: Counter[],
	refused: Counter,
	amount: number
): Promise<Exceeded> {
	const rooms = await readRoom(tx, counters);
	const inTheWay = rooms.filter(
		({ left }, index) => counters[index] === refused || (left !== null && left < amount)
	);
	const { rule, until, left } = tightest(inTheWay) ?? { ...refused, left: 0 };
	return { rule, until, left: left ?? 0 };
}
