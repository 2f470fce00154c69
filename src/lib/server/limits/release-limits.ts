import type { Tx } from '$lib/server/db/database';
import type { Reservation } from './reserve-limits';

/**
 * Gives back exactly what was counted, for a payment that failed. Once a reservation: the caller
 * sees to that, in the transaction in which it forgets them. No counter goes below 0.
 */
export async function releaseLimits(tx: Tx, reservations: readonly Reservation[]): Promise<void> {
	// In the order of countersFor, in which every transaction takes them.
	const ordered = reservations.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
	for (const { subject, periodStart, amount } of ordered) {
		await tx
			.updateTable('limit_counters')
			.set((eb) => ({
				amount: eb
					.case()
					.when('amount', '>', amount)
					.then(eb('amount', '-', amount))
					.else(0)
					.end(),
				uses: eb
					.case()
					.when('uses', '>', 1)
					.then(eb('uses', '-', 1))
					.else(0)
					.end()
			}))
			.where('subject', '=', subject)
			.where('period_start', '=', periodStart)
			.execute();
	}
}
