import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Exceeded, Reservation } from '$lib/server/limits/reserve-limits';
import { reduceLimits } from '$lib/server/limits/release-limits';
import { raiseLimits } from '$lib/server/limits/raise-limits';
import { reserveLimits } from '$lib/server/limits/reserve-limits';
import type { LimitRule } from '$lib/server/merchants/merchant-settings';
import type { Payment } from './payment';

/** Thrown inside a database transaction, so that nothing of a refused try stays. */
export class LimitReached extends Error {
	override readonly name = 'LimitReached';
	readonly exceeded: Exceeded;

	constructor(exceeded: Exceeded) {
		super('A limit of the merchant is reached');
		this.exceeded = exceeded;
	}
}

/**
 * Counts a payment against the merchant's limits in the transaction that sends it. Returns the
 * value of `reserved_limits`. Throws LimitReached.
 */
export async function reserve(
	context: Context,
	tx: Tx,
	payment: Payment,
	{ limits, method, amount }: { limits: LimitRule[]; method: string; amount: number }
): Promise<string | null> {
	if (limits.length === 0) return null;
	const { merchantId, mode, payerReference, intent, currency } = payment;
	const use = { merchantId, mode, payerReference, intent, method, currency, amount };
	const result = await reserveLimits(context, tx, limits, use);
	if ('exceeded' in result) throw new LimitReached(result.exceeded);
	return result.reservations.length > 0 ? JSON.stringify(result.reservations) : null;
}

/**
 * Gives the unpaid part of a withdrawal back to its limits; the use stays counted. Returns the value
 * of `reserved_limits`.
 */
export async function reduceReservations(
	tx: Tx,
	payment: Payment,
	unpaid: number
): Promise<string | null> {
	if (unpaid === 0 || payment.reservedLimits === null) return payment.reservedLimits;
	return JSON.stringify(await reduceLimits(tx, readReservations(payment), unpaid));
}

/**
 * Counts what came of a deposit instead of what was asked, `more` minor units more, or less. Returns
 * the value of `reserved_limits`.
 */
export async function countWhatCame(
	tx: Tx,
	payment: Payment,
	more: number
): Promise<string | null> {
	if (more <= 0) return reduceReservations(tx, payment, 0 - more);
	if (payment.reservedLimits === null) return null;
	return JSON.stringify(await raiseLimits(tx, readReservations(payment), more));
}

export function readReservations({ reservedLimits }: Payment): Reservation[] {
	return reservedLimits === null ? [] : (JSON.parse(reservedLimits) as Reservation[]);
}
