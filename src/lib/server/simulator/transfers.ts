import { newId, type Context } from '$lib/server/context';
import { MAX_AMOUNT } from '$lib/money/money';
import type { Reader } from '$lib/server/db/database';
import type { Schema } from '$lib/server/db/schema';
import type { SimulatorPayment } from './payments';
import { rule } from './rule';
import { writePaymentMessage } from './write-message';

export type SimulatorReceipt = Schema['simulator_receipts'];

/** More credits than anybody sends while trying things out. */
const MOST_CREDITS = 50;

export const transferRule = rule(
	'bank_transfer',
	{ state: 'awaiting' },
	'The transfer is awaited: it is sent on the page /simulator/bank.'
);

/** A transfer by its reference. Undefined: nobody was told this one. */
export function findTransfer(
	reader: Reader,
	reference: string
): Promise<SimulatorPayment | undefined> {
	return reader
		.selectFrom('simulator_payments')
		.selectAll()
		.where('reference', '=', reference)
		.executeTakeFirst();
}

/** Every credit of a payment, in the order in which they came. */
export function readReceipts(reader: Reader, attemptId: string): Promise<SimulatorReceipt[]> {
	return reader
		.selectFrom('simulator_receipts')
		.selectAll()
		.where('attempt_id', '=', attemptId)
		.orderBy('created_at')
		.orderBy('id')
		.execute();
}

/**
 * Money arrives: any amount of minor units, any number of times, in whatever state the transfer is.
 * The notification with all credits so far is written in the same transaction. False: refused,
 * since it would be more than an amount can say or one credit too many.
 */
export function creditTransfer(
	context: Context,
	attemptId: string,
	amount: number
): Promise<boolean> {
	return context.db.inTransaction(async (tx) => {
		const now = context.clock.now();
		// The row first: two credits at once wait for one another, and the later sees both.
		const payment = await tx
			.updateTable('simulator_payments')
			.set((eb) => ({
				charges: eb('charges', '+', 1),
				received: eb('received', '+', amount),
				updated_at: now
			}))
			.where('attempt_id', '=', attemptId)
			.where('kind', '=', 'bank_transfer')
			.where('charges', '<', MOST_CREDITS)
			.where('received', '<=', MAX_AMOUNT - amount)
			.returningAll()
			.executeTakeFirst();
		if (!payment) return false;
		const receipt = { id: newId(context), attempt_id: attemptId, amount, created_at: now };
		await tx.insertInto('simulator_receipts').values(receipt).execute();
		const isWhole = payment.state === 'awaiting' && payment.received >= payment.amount;
		const word = isWhole ? { state: 'succeeded', message: 'The transfer has arrived.' } : {};
		if (isWhole) {
			await tx
				.updateTable('simulator_payments')
				.set(word)
				.where('attempt_id', '=', attemptId)
				.execute();
		}
		const receipts = await readReceipts(tx, attemptId);
		await writePaymentMessage(tx, context, { ...payment, ...word }, 'soon', receipts);
		return true;
	});
}
