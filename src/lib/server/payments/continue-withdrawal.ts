import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { EventSnapshot } from '$lib/server/webhooks/event';
import { advanceTransaction } from './advance-transaction';
import { readLegs, type Leg } from './leg';
import type { Payment } from './payment';
import { reduceReservations } from './reservations';
import { writeChange } from './write-change';

/** What became of a leg. */
interface Told {
	kind: 'leg_paid' | 'leg_failed';
	reason?: string;
	reasonMessage?: string;
	snapshot: Partial<EventSnapshot>;
	/** When the worker goes on, milliseconds since 1970; left out: at once. */
	workAt?: number;
}

/**
 * After a leg: the next one, which the worker sends, or the end. A withdrawal of which a part could
 * be paid has succeeded with that part as its amount; the rest is available to the merchant again.
 */
export async function continueWithdrawal(
	context: Context,
	tx: Tx,
	payment: Payment,
	{ kind, reason, reasonMessage, snapshot, workAt = context.clock.now() }: Told
): Promise<void> {
	const legs = await readLegs(tx, payment.transactionId);
	if (legs.some(({ state }) => state === 'waiting')) {
		const columns = { work_at: workAt };
		const words = { reason: reason ?? null, reasonMessage: reasonMessage ?? null };
		await writeChange(context, tx, payment, { kind, columns, snapshot: { ...snapshot, ...words } });
		return;
	}
	const amount = sumOf(legs.filter(({ state }) => state === 'paid'));
	if (amount === 0) {
		const end = { to: 'failed', kind: 'failed', reason, reasonMessage, snapshot } as const;
		await advanceTransaction(context, tx, payment, end);
		return;
	}
	const unpaid = (payment.amount ?? amount) - amount;
	const reserved = await reduceReservations(tx, payment, unpaid);
	const end = { to: 'succeeded', kind: 'succeeded', reason: null, reasonMessage: null } as const;
	const columns = { reserved_limits: reserved };
	await advanceTransaction(context, tx, payment, { ...end, amount, columns, snapshot });
}

export async function endLeg(
	tx: Tx,
	transactionId: string,
	number: number | null,
	{ state, reason, reasonMessage }: Partial<Leg>
): Promise<void> {
	await tx
		.updateTable('payout_legs')
		.set({ state, reason: reason ?? null, reason_message: reasonMessage ?? null })
		.where('transaction_id', '=', transactionId)
		.where('number', '=', number)
		.execute();
}

function sumOf(legs: Leg[]): number {
	return legs.reduce((sum, { amount }) => sum + amount, 0);
}
