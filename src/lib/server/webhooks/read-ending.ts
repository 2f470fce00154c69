import type { Context } from '$lib/server/context';
import type { EventKind } from './event';

/** How a transaction ended, for whoever waits until the merchant knows. */
export interface Ending {
	/** Milliseconds since 1970. */
	at: number;
	/**
	 * The merchant's server answered the webhook of the end with 2xx, or there is nothing to wait for:
	 * no webhook, nobody who wants to hear, or a receiver that was given up.
	 */
	isHeard: boolean;
}

/** The events after which a transaction's state stays as it is. */
const ends: readonly EventKind[] = [
	'succeeded',
	'declined',
	'canceled',
	'expired',
	'rejected',
	'failed'
];

/** Null: it has not ended, or its end is not written yet. */
export async function readEnding({ db }: Context, transactionId: string): Promise<Ending | null> {
	const row = await db.read
		.selectFrom('events as e')
		.leftJoin('webhook_deliveries as d', (join) =>
			join
				.onRef('d.transaction_id', '=', 'e.transaction_id')
				.onRef('d.event_version', '=', 'e.version')
		)
		.select(['e.created_at', 'd.state'])
		.where('e.transaction_id', '=', transactionId)
		.where('e.kind', 'in', ends)
		.orderBy('e.version')
		.limit(1)
		.executeTakeFirst();
	return row ? { at: row.created_at, isHeard: row.state !== 'waiting' } : null;
}
