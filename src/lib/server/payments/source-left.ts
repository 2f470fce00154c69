import type { Reader } from '$lib/server/db/database';

/**
 * What of each deposit may still go back to its instrument, by the id of its attempt: what was paid
 * less refunds and less withdrawals that went back or are on their way back. Minor units of the
 * deposit's currency.
 */
export async function readSourceLeft(
	reader: Reader,
	attemptIds: readonly string[]
): Promise<Map<string, number>> {
	if (attemptIds.length === 0) return new Map();
	const deposits = await reader
		.selectFrom('attempts as a')
		.innerJoin('transactions as t', 't.id', 'a.transaction_id')
		.select(['a.id', 'a.user_amount as paid', 't.refunded_amount as refunded'])
		.where('a.id', 'in', attemptIds)
		.execute();
	const left = new Map(deposits.map(({ id, paid, refunded }) => [id, paid - refunded]));
	const legs = await reader
		.selectFrom('payout_legs as l')
		.innerJoin('transactions as t', 't.id', 'l.transaction_id')
		.select(['l.source_attempt_id as id', 'l.amount'])
		.where('l.source_attempt_id', 'in', attemptIds)
		.where('l.state', '!=', 'failed')
		.where('t.state', 'not in', ['rejected', 'canceled', 'failed'])
		.execute();
	for (const { id, amount } of legs) if (id) left.set(id, (left.get(id) ?? 0) - amount);
	return left;
}
