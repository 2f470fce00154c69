import type { Reader } from '$lib/server/db/database';
import type { LimitRule } from '$lib/server/merchants/merchant-settings';
import type { Counter } from './counters-for';

/** What a rule leaves to a payer. */
export interface Room {
	rule: LimitRule;
	/** Minor units that may still be moved; null: any amount. 0 as well where no use is left. */
	left: number | null;
	/** When the period ends, milliseconds since 1970. */
	until: number;
}

/** What each counter leaves, as it stands. */
export async function readRoom(reader: Reader, counters: readonly Counter[]): Promise<Room[]> {
	if (counters.length === 0) return [];
	const rows = await reader
		.selectFrom('limit_counters')
		.selectAll()
		.where(
			'subject',
			'in',
			counters.map(({ subject }) => subject)
		)
		.where(
			'period_start',
			'in',
			counters.map(({ periodStart }) => periodStart)
		)
		.execute();
	return counters.map(({ rule, until, subject, periodStart }) => {
		const row = rows.find((one) => one.subject === subject && one.period_start === periodStart);
		return { rule, left: leftOf(rule, row ?? { amount: 0, uses: 0 }), until };
	});
}

function leftOf({ amount, uses }: LimitRule, used: { amount: number; uses: number }) {
	if (uses !== null && used.uses >= uses) return 0;
	return amount === null ? null : Math.max(0, amount - used.amount);
}

/** The rule that leaves least; of equal ones the one that holds longest. */
export function tightest(rooms: readonly Room[]): Room | undefined {
	const room = ({ left }: Room) => left ?? Infinity;
	return rooms.toSorted((a, b) => (room(a) === room(b) ? b.until - a.until : room(a) - room(b)))[0];
}
