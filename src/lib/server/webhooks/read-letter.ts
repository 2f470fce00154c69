import type { Context } from '$lib/server/context';
import type { Dialect } from '$lib/server/db/schema';
import type { ClaimedDelivery } from './claim-deliveries';
import { readOrderFacts } from './order-facts';
import type { EventKind, EventSnapshot, ToldEvent } from './event';

/** What a delivery is about and where it goes, besides what its own row says. */
interface Letter {
	event: ToldEvent;
	dialect: Dialect;
	/**
	 * The session's address, else the application's as it is now: whoever corrects a mistyped address
	 * gets what waits for a retry. Null: nobody wants to hear.
	 */
	url: string | null;
}

/** Reads the event of a delivery, its dialect and its address. */
export async function readLetter(context: Context, delivery: ClaimedDelivery): Promise<Letter> {
	const { transaction_id: transactionId } = delivery;
	const order = (await readOrderFacts(context, [transactionId])).get(transactionId);
	if (!order) throw new Error('A delivery without an order');
	const row = await context.db.read
		.selectFrom('events as e')
		.innerJoin('transactions as t', 't.id', 'e.transaction_id')
		.innerJoin('applications as a', 'a.id', 't.application_id')
		.innerJoin('application_modes as m', (join) =>
			join.onRef('m.application_id', '=', 'a.id').onRef('m.mode', '=', 't.mode')
		)
		.select(['e.kind', 'e.snapshot', 'e.created_at', 't.mode', 't.intent', 'a.dialect'])
		.select('m.webhook_url as applicationUrl')
		.where('e.transaction_id', '=', transactionId)
		.where('e.version', '=', delivery.event_version)
		.executeTakeFirstOrThrow();
	return {
		event: {
			transactionId,
			version: delivery.event_version,
			kind: row.kind as EventKind,
			at: row.created_at,
			mode: row.mode,
			intent: row.intent,
			snapshot: JSON.parse(row.snapshot) as EventSnapshot,
			order
		},
		dialect: row.dialect,
		url: order.webhookUrl ?? row.applicationUrl
	};
}
