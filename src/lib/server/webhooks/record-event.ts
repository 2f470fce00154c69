import { newId, type Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Insertion } from '$lib/server/db/insert-together';
import { isTold, type PaymentEvent } from './event';

/**
 * Writes an event and, when a merchant could be told of it, its webhook delivery, due at once. To be
 * called in the transaction that makes the change (architecture.md, invariant 3). A second event of
 * the same transaction and version is refused by the primary key.
 */
export async function recordEvent(
	context: Context,
	tx: Tx,
	event: PaymentEvent,
	application: { applicationId: string }
): Promise<void> {
	for (const { into, row } of eventRows(context, event, application)) {
		await tx.insertInto(into).values(row).execute();
	}
}

/** The rows that recordEvent writes, for a change that is itself nothing but new rows. */
export function eventRows(
	context: Context,
	event: PaymentEvent,
	{ applicationId }: { applicationId: string }
): Insertion[] {
	const told: Insertion = {
		into: 'events',
		row: {
			transaction_id: event.transactionId,
			version: event.version,
			kind: event.kind,
			snapshot: JSON.stringify(event.snapshot),
			created_at: event.at
		}
	};
	if (!isTold[event.kind]) return [told];
	const delivery: Insertion = {
		into: 'webhook_deliveries',
		row: {
			id: newId(context),
			application_id: applicationId,
			mode: event.mode,
			transaction_id: event.transactionId,
			event_version: event.version,
			state: 'waiting',
			body_sealed: null,
			url: null,
			tries: 0,
			due_at: event.at,
			lease_until: 0,
			created_at: event.at,
			delivered_at: null
		}
	};
	return [told, delivery];
}
