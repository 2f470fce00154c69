import type { Tx } from '$lib/server/db/database';
import type { Reservation } from './reserve-limits';

/**
 * Gives back exactly what was counted, for a payment that failed. Once a reservation: the caller
 * sees to that, in the transaction in which it forgets them. No counter goes below 0.
 */
export async function releaseLimits(tx: Tx, reservations: readonly Reservation[]): Promise<void> {
	for (const reservation of inOneOrder(reservations)) {
		await takeOff(tx, reservation, { amount: reservation.amount, uses: 1 });
	}
}

/**
 * Gives a part of what was counted back (minor units), for a payment of which less was paid in the
 * end; it stays counted as a use. Returns what is still reserved.
 */
export async function reduceLimits(
	tx: Tx,
	reservations: readonly Reservation[],
	amount: number
): Promise<Reservation[]> {
	const ordered = inOneOrder(reservations);
	for (const reservation of ordered) await takeOff(tx, reservation, { amount, uses: 0 });
	return ordered.map((reservation) => ({ ...reservation, amount: reservation.amount - amount }));
}

/** In the order of countersFor, in which every transaction takes them. */
function inOneOrder(reservations: readonly Reservation[]): Reservation[] {
	return reservations.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
}

async function takeOff(
	tx: Tx,
	{ subject, periodStart }: Reservation,
	{ amount, uses }: { amount: number; uses: number }
): Promise<void> {
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
				.when('uses', '>', uses)
				.then(eb('uses', '-', uses))
				.else(0)
				.end()
		}))
		.where('subject', '=', subject)
		.where('period_start', '=', periodStart)
		.execute();
}
