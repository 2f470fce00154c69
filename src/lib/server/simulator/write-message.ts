import { newId, type Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { SimulatorPayment } from './payments';
import type { Rule } from './rule';
import type { SimulatorReceipt } from './transfers';
import { viewPayment, viewRefund, type SimulatorRefund } from './views';

/** Longer than any sending takes, so a claimed message is never sent by two at once. */
export const LEASE_MS = 30_000;

/** How long after the outcome a message is due. One that precedes the reply is sent by its route. */
const dueAfterMs: Record<Rule['notice'], number> = {
	soon: 1_000,
	late: 30_000,
	twice: 1_000,
	before_reply: 0
};

/** Writes the notification of a payment's outcome in the outcome's own transaction. */
export async function writePaymentMessage(
	tx: Tx,
	context: Context,
	payment: SimulatorPayment,
	notice: Rule['notice'],
	receipts: SimulatorReceipt[] = []
): Promise<void> {
	await writeMessage(tx, context, payment, notice, viewPayment(payment, receipts));
}

/** The same for a refund, which goes where the payment's own messages go. */
export async function writeRefundMessage(
	tx: Tx,
	context: Context,
	payment: SimulatorPayment,
	refund: SimulatorRefund
): Promise<void> {
	await writeMessage(tx, context, payment, 'soon', viewRefund(refund, payment));
}

async function writeMessage(
	tx: Tx,
	context: Context,
	{ attempt_id, callback_url }: SimulatorPayment,
	notice: Rule['notice'],
	content: object
): Promise<void> {
	if (callback_url === null) return;
	const id = newId(context);
	const now = context.clock.now();
	await tx
		.insertInto('simulator_messages')
		.values({
			id,
			attempt_id,
			url: callback_url,
			body: JSON.stringify({ id, ...content }),
			copies: notice === 'twice' ? 2 : 1,
			due_at: now + dueAfterMs[notice],
			tries: 0,
			// Its writer sends it before it replies; should it die, another does once this has passed.
			lease_until: notice === 'before_reply' ? now + LEASE_MS : 0
		})
		.execute();
}
