import type { Books } from './books.ts';

interface Reservation {
	subject: string;
	periodStart: number;
	amount: number;
}

/** Where the counters of limits are not what the payments that count have taken. */
export function limitFaults({ transactions, limit_counters }: Books): string[] {
	const taken = new Map<string, { amount: number; uses: number }>();
	for (const { reserved_limits } of transactions) {
		const reservations = JSON.parse(reserved_limits ?? '[]') as Reservation[];
		for (const { subject, periodStart, amount } of reservations) {
			const key = `${subject} ${periodStart}`;
			const sum = taken.get(key) ?? { amount: 0, uses: 0 };
			taken.set(key, { amount: sum.amount + amount, uses: sum.uses + 1 });
		}
	}
	const faults = limit_counters.flatMap(({ subject, period_start, amount, uses }) => {
		const key = `${subject} ${period_start}`;
		const sum = taken.get(key) ?? { amount: 0, uses: 0 };
		taken.delete(key);
		if (sum.amount === amount && sum.uses === uses) return [];
		return [`limit ${key} counts ${amount} in ${uses} uses, and ${sum.amount} in ${sum.uses} hold`];
	});
	return [...faults, ...[...taken.keys()].map((key) => `limit ${key} is not counted`)];
}
