import type { Tx } from '$lib/server/db/database';
import type { Reservation } from './reserve-limits';

/**
 * Counts more (minor units) for a payment that brought more than was asked, as the same use. What
 * came has come: no limit refuses it, but the next payment feels it. Returns what is reserved then.
 */
export async function raiseLimits(
	tx: Tx,
	reservations: readonly Reservation[],
	amount: number
): Promise<Reservation[]> {
	// In the order of countersFor, in which every transaction takes them.
	const ordered = reservations.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
	for (const { subject, periodStart } of ordered) {
		await tx
			.updateTable('limit_counters')
			.set((eb) => ({ amount: eb('amount', '+', amount) }))
			.where('subject', '=', subject)
			.where('period_start', '=', periodStart)
			.execute();
	}
	return ordered.map((reservation) => ({ ...reservation, amount: reservation.amount + amount }));
}
