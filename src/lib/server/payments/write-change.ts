import type { Updateable } from 'kysely';
import type { Context } from '$lib/server/context';
import { ConflictError } from '$lib/server/db/conflict';
import type { Tx } from '$lib/server/db/database';
import type { Schema } from '$lib/server/db/schema';
import type { EventKind, EventSnapshot } from '$lib/server/webhooks/event';
import { recordEvent } from '$lib/server/webhooks/record-event';
import type { Payment } from './payment';

export type TransactionColumns = Updateable<Schema['transactions']>;

interface WrittenChange {
	kind: EventKind;
	/** What changes in the row besides version and time. */
	columns?: TransactionColumns;
	/** Where the event's snapshot differs from the payment as it was read. */
	snapshot?: Partial<EventSnapshot>;
	/** Only while the session lasts. */
	beforeExpiry?: boolean;
}

/**
 * Writes a change of a transaction by compare-and-set on the version that was read, together with
 * its event and webhook delivery. Throws a ConflictError when somebody was faster or time is up.
 * Returns the new version, for a second change in the same database transaction.
 */
export async function writeChange(
	context: Context,
	tx: Tx,
	payment: Payment,
	{ kind, columns = {}, snapshot = {}, beforeExpiry = false }: WrittenChange
): Promise<number> {
	const at = context.clock.now();
	const version = payment.version + 1;
	const { transactionId, applicationId, mode, intent } = payment;
	const { numUpdatedRows } = await tx
		.updateTable('transactions')
		.set({ ...columns, version, updated_at: at })
		.where('id', '=', transactionId)
		.where('version', '=', payment.version)
		.$if(beforeExpiry, (update) => update.where('expires_at', '>', at))
		.executeTakeFirst();
	if (numUpdatedRows !== 1n) throw new ConflictError('The transaction was changed, or time is up');
	const { state, amount, currency, payerReference, reference, reason, reasonMessage } = payment;
	const { receivedAmount, attested, reversed } = payment;
	const before = {
		...{ state, amount, currency, payerReference, reference, reason, reasonMessage },
		...(intent === 'deposit' && { receivedAmount }),
		...(attested && { attested }),
		...(reversed && { reversed })
	};
	const attemptId = payment.attempt?.id ?? null;
	const method = payment.attempt?.method ?? null;
	const event = {
		transactionId,
		version,
		kind,
		at,
		mode,
		intent,
		snapshot: { ...before, attemptId, method, ...snapshot }
	};
	await recordEvent(context, tx, event, { applicationId });
	return version;
}
