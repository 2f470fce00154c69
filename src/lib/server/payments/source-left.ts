import type { Reader } from '$lib/server/db/database';

/** What of a deposit has not gone back to its instrument, minor units of its currency. */
export interface SourceLeft {
	/** May go back now. */
	free: number;
	/** Is on its way back, by requests that may yet be taken back, rejected or fail. */
	held: number;
}

/**
 * What of each deposit may still go back to its instrument, by the id of its attempt: what was paid
 * less refunds and less withdrawals that went back or are on their way back.
 */
export async function readSourceLeft(
	reader: Reader,
	attemptIds: readonly string[]
): Promise<Map<string, SourceLeft>> {
	if (attemptIds.length === 0) return new Map();
	const deposits = await reader
		.selectFrom('attempts as a')
		.innerJoin('transactions as t', 't.id', 'a.transaction_id')
		.select(['a.id', 'a.user_amount as paid', 't.refunded_amount as refunded'])
		.where('a.id', 'in', attemptIds)
		.execute();
	const left = new Map<string, SourceLeft>();
	for (const { id, paid, refunded } of deposits) left.set(id, { free: paid - refunded, held: 0 });
	const legs = await reader
		.selectFrom('payout_legs as l')
		.innerJoin('transactions as t', 't.id', 'l.transaction_id')
		.select(['l.source_attempt_id as id', 'l.amount', 'l.state'])
		.where('l.source_attempt_id', 'in', attemptIds)
		.where('l.state', '!=', 'failed')
		.where('t.state', 'not in', ['rejected', 'canceled', 'failed'])
		.execute();
	for (const { id, amount, state } of legs) {
		const source = left.get(id ?? '');
		if (!source) continue;
		source.free -= amount;
		if (state === 'waiting') source.held += amount;
	}
	return left;
}
