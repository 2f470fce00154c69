import type { Context } from '$lib/server/context';
import type { LimitRule } from '$lib/server/merchants/merchant-settings';
import { countersFor, type Mover } from './counters-for';
import type { Exceeded } from './reserve-limits';
import { readRoom, tightest } from './read-room';

/** What limits leave to a payer now: to be told before a try, which `reserveLimits` decides. */
export interface LimitsLeft {
	/** Minor units of the currency; null: no limit. 0 where nothing may be moved. */
	highest: number | null;
	/** The rule that allows nothing more in its period; null while something is left. */
	exceeded: Exceeded | null;
}

/** Reads nothing where no rule applies, nor for a payer without a reference: nobody is limited. */
export async function readLimits(
	context: Context,
	rules: readonly LimitRule[],
	mover: Mover
): Promise<LimitsLeft> {
	const counters = countersFor(rules, mover, context.clock.now());
	const room = tightest(await readRoom(context.db.read, counters));
	if (!room || room.left === null) return { highest: null, exceeded: null };
	const { rule, left, until } = room;
	return { highest: left, exceeded: left === 0 ? { rule, left, until } : null };
}
