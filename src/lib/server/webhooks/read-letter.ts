import type { Context } from '$lib/server/context';
import type { Dialect } from '$lib/server/db/schema';
import type { ClaimedDelivery } from './claim-deliveries';
import type { EventKind, EventSnapshot, PaymentEvent } from './event';

/** What a delivery is about and where it goes, besides what its own row says. */
interface Letter {
	event: PaymentEvent;
	dialect: Dialect;
	/**
	 * The session's address, else the application's as it is now: whoever corrects a mistyped address
	 * gets what waits for a retry. Null: nobody wants to hear.
	 */
	url: string | null;
}

/** Reads the event of a delivery, its dialect and its address. */
export async function readLetter({ db }: Context, delivery: ClaimedDelivery): Promise<Letter> {
	const row = await db.read
		.selectFrom('events as e')
		.innerJoin('transactions as t', 't.id', 'e.transaction_id')
		.innerJoin('sessions as s', 's.id', 't.session_id')
		.innerJoin('applications as a', 'a.id', 't.application_id')
		.innerJoin('application_modes as m', (join) =>
			join.onRef('m.application_id', '=', 'a.id').onRef('m.mode', '=', 't.mode')
		)
		.select(['e.kind', 'e.snapshot', 'e.created_at', 't.mode', 't.intent', 'a.dialect'])
		.select(['s.webhook_url as sessionUrl', 'm.webhook_url as applicationUrl'])
		.where('e.transaction_id', '=', delivery.transaction_id)
		.where('e.version', '=', delivery.event_version)
		.executeTakeFirstOrThrow();
	return {
		event: {
			transactionId: delivery.transaction_id,
			version: delivery.event_version,
			kind: row.kind as EventKind,
			at: row.created_at,
			mode: row.mode,
			intent: row.intent,
			snapshot: JSON.parse(row.snapshot) as EventSnapshot
		},
		dialect: row.dialect,
		url: row.sessionUrl ?? row.applicationUrl
	};
}
