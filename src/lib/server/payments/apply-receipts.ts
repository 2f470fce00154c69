import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import { moneyUnapplied, unappliedReturned } from '$lib/server/ledger/bookings';
import { post } from '$lib/server/ledger/post';
import type { Outcome, Receipt } from '$lib/server/providers/outcome';
import type { Applied } from './apply-outcome';
import { queueUnapplied } from './book-unapplied';
import type { Attempt, Payment } from './payment';
import { settleDeposit, settlePaid } from './settle-deposit';
import { isOpenAttempt } from './states';
import { writeChange } from './write-change';

interface Found {
	payment: Payment;
	attempt: Attempt;
}

/**
 * Books what arrived for a bank transfer, each credit once. The whole amount settles the payment; what
 * is over goes to the merchant's queue of money without a use, and so does all that comes when the
 * attempt has ended. Less than the amount waits for the rest until the payer's time is up.
 */
export async function applyReceipts(
	context: Context,
	tx: Tx,
	found: Found,
	{ receipts, providerReference, ended = false }: Extract<Outcome, { kind: 'received' }>
): Promise<Applied> {
	const { payment, attempt } = found;
	const fresh: Receipt[] = [];
	for (const receipt of receipts) {
		if (receipt.amount.currency !== attempt.currency || receipt.amount.amount <= 0) {
			context.log.error('a receipt does not fit its attempt', { attemptId: attempt.id });
		} else if (await insertReceipt(context, tx, found, receipt)) fresh.push(receipt);
	}
	if (!isOpenAttempt(attempt.state)) return queueAll(context, tx, found, fresh);
	if (fresh.length === 0 && !ended) return 'ignored';
	const received = attempt.receivedAmount + sumOf(fresh);
	await tx
		.updateTable('attempts')
		.set({ received_amount: received })
		.where('id', '=', attempt.id)
		.execute();
	if (received >= attempt.amount) {
		await settleReceived(context, tx, found, { received, providerReference });
		return 'applied';
	}
	const version = await writeChange(context, tx, payment, { kind: 'received' });
	if (!ended) return 'applied';
	const short = {
		payment: { ...payment, version },
		attempt: { ...attempt, receivedAmount: received }
	};
	const message = 'The transfer was called off before the whole amount had arrived';
	return settleDeposit(context, tx, short, { kind: 'canceled', providerReference, message });
}

async function queueAll(
	context: Context,
	tx: Tx,
	{ payment, attempt }: Found,
	fresh: Receipt[]
): Promise<Applied> {
	let { version } = payment;
	for (const { id: receiptId, amount } of fresh) {
		const now = { payment: { ...payment, version }, attempt };
		version = await queueUnapplied(context, tx, now, { ...amount, receiptId });
	}
	return 'ignored';
}

async function settleReceived(
	context: Context,
	tx: Tx,
	found: Found,
	{ received, providerReference }: { received: number; providerReference: string }
): Promise<void> {
	const { payment, attempt } = found;
	const { merchantId, mode, transactionId } = payment;
	const { amount, currency } = attempt;
	const settled = await settlePaid(context, tx, found, providerReference);
	const entries = unappliedReturned({ amount, currency });
	const posting = `${attempt.id}:applied`;
	await post(context, tx, { merchantId, mode, transactionId, posting, entries });
	if (received === amount) return;
	const surplus = { amount: received - amount, currency, receiptId: 'surplus' };
	await queueUnapplied(context, tx, { payment: settled, attempt }, surplus);
}

/** False: it was booked before. Until it is applied, money that came is money without a use. */
async function insertReceipt(
	context: Context,
	tx: Tx,
	{ payment, attempt }: Found,
	{ id, amount }: Receipt
): Promise<boolean> {
	const { merchantId, mode, transactionId } = payment;
	const { numInsertedOrUpdatedRows } = await tx
		.insertInto('receipts')
		.values({
			attempt_id: attempt.id,
			receipt_id: id,
			transaction_id: transactionId,
			amount: amount.amount,
			currency: amount.currency,
			received_at: context.clock.now()
		})
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	if (numInsertedOrUpdatedRows !== 1n) return false;
	const posting = `${attempt.id}:receipt:${id}`;
	const entries = moneyUnapplied(amount);
	await post(context, tx, { merchantId, mode, transactionId, posting, entries });
	return true;
}

function sumOf(receipts: Receipt[]): number {
	return receipts.reduce((sum, { amount }) => sum + amount.amount, 0);
}
