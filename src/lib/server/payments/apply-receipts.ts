import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import { moneyUnapplied, unappliedReturned } from '$lib/server/ledger/bookings';
import { post } from '$lib/server/ledger/post';
import type { Outcome, Receipt } from '$lib/server/providers/outcome';
import type { Applied } from './apply-outcome';
import { queueUnapplied } from './book-unapplied';
import { creditMore } from './credit-more';
import { ABANDONED, type Attempt, type Payment } from './payment';
import { settleDeposit, settlePaid } from './settle-deposit';
import { isOpenAttempt } from './states';
import { isAnAmount, receivedAmountOf, termsOfWhatCame } from './what-came';
import { writeChange } from './write-change';

interface Found {
	payment: Payment;
	attempt: Attempt;
}

/**
 * Books what arrived for a bank transfer, each credit once. The whole amount settles the payment;
 * what is over goes to the merchant's queue of money without a use, and so does all that comes when
 * the attempt has ended. Less than the amount waits for the rest until the transfer is called off,
 * and then ends the attempt. Where the merchant allows it, more belongs to the payment, whenever it
 * comes, and less pays it in the end (decision 0011).
 */
export async function applyReceipts(
	context: Context,
	tx: Tx,
	found: Found,
	{ receipts, providerReference, ended = false }: Extract<Outcome, { kind: 'received' }>
): Promise<Applied> {
	const fresh: Receipt[] = [];
	for (const receipt of receipts) {
		if (receipt.amount.currency !== found.attempt.currency || receipt.amount.amount <= 0) {
			context.log.error('a receipt does not fit its attempt', { attemptId: found.attempt.id });
		} else if (await insertReceipt(context, tx, found, receipt)) fresh.push(receipt);
	}
	const isOpen = isOpenAttempt(found.attempt.state);
	if (fresh.length === 0 && !(ended && isOpen)) return 'ignored';
	const now = await countReceipts(tx, found, fresh);
	const applied = isOpen
		? await applyInTime(context, tx, now, { isNews: fresh.length > 0, providerReference, ended })
		: await applyBeyond(context, tx, now, fresh);
	// Last, as all postings: whoever holds balances waits for no transaction (decision 0007).
	await postReceipts(context, tx, found, fresh);
	return applied;
}

interface Arrival {
	/** Something has come that was not known. */
	isNews: boolean;
	providerReference: string;
	ended: boolean;
}

/** What has come for an attempt that waits for it. */
async function applyInTime(
	context: Context,
	tx: Tx,
	now: Found,
	{ isNews, providerReference, ended }: Arrival
): Promise<Applied> {
	const applied = settledBy(now, ended);
	if (applied > 0) {
		await settleReceived(context, tx, now, { applied, providerReference });
		return 'applied';
	}
	const { payment, attempt } = now;
	const version = isNews
		? await writeChange(context, tx, payment, { kind: 'received' })
		: payment.version;
	if (!ended) return 'applied';
	const short = { payment: { ...payment, version }, attempt };
	return settleDeposit(context, tx, short, { ...endOf(attempt), providerReference });
}

function endOf({ reason }: Attempt) {
	if (reason === ABANDONED) {
		const message = 'The transfer was called off before the whole amount had arrived';
		return { kind: 'canceled', message } as const;
	}
	const message = 'Less than the whole amount arrived in time';
	return { kind: 'declined', reason: 'paid_too_little', message } as const;
}

/** What of the money that came settles an open attempt now; 0: nothing, it waits or ends short. */
function settledBy({ payment, attempt }: Found, ended: boolean): number {
	const { amount, receivedAmount } = attempt;
	const isMuch = isAnAmount(termsOfWhatCame(attempt, receivedAmount));
	if (receivedAmount >= amount) return payment.allowOverpay && isMuch ? receivedAmount : amount;
	const isMeant = attempt.reason !== ABANDONED;
	return ended && payment.allowUnderpay && isMeant && isMuch ? receivedAmount : 0;
}

/** Money for an attempt that is over: for a payment that takes more, or for nothing. */
async function applyBeyond(
	context: Context,
	tx: Tx,
	{ payment, attempt }: Found,
	fresh: Receipt[]
): Promise<Applied> {
	const isPaid = attempt.state === 'succeeded' && payment.allowOverpay;
	if (isPaid && (await creditMore(context, tx, { payment, attempt }, fresh))) return 'applied';
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
	{ applied, providerReference }: { applied: number; providerReference: string }
): Promise<void> {
	const { payment, attempt } = found;
	const { merchantId, mode, transactionId } = payment;
	const { currency, receivedAmount } = attempt;
	const terms = termsOfWhatCame(attempt, applied);
	const settled = await settlePaid(context, tx, found, { providerReference, terms });
	const entries = unappliedReturned({ amount: applied, currency });
	const posting = `${attempt.id}:applied`;
	await post(context, tx, { merchantId, mode, transactionId, posting, entries });
	if (receivedAmount === applied) return;
	const surplus = { amount: receivedAmount - applied, currency, receiptId: 'surplus' };
	const named = { ...attempt, providerReference };
	await queueUnapplied(context, tx, { payment: settled, attempt: named }, surplus, {
		isRest: true
	});
}

/** Adds new receipts to what came. Whoever reads on has them in payment and attempt. */
async function countReceipts(tx: Tx, found: Found, fresh: Receipt[]): Promise<Found> {
	const receivedAmount = fresh.reduce(
		(sum, { amount }) => sum + amount.amount,
		found.attempt.receivedAmount
	);
	const attempt = { ...found.attempt, receivedAmount };
	await tx
		.updateTable('attempts')
		.set({ received_amount: receivedAmount })
		.where('id', '=', attempt.id)
		.execute();
	// Of an attempt that another one followed, nothing belongs to the payment.
	if (found.payment.attempt?.id !== attempt.id) return { payment: found.payment, attempt };
	const payment = { ...found.payment, attempt };
	return { payment: { ...payment, receivedAmount: receivedAmountOf(payment) }, attempt };
}

/** Until it is applied, money that came is money without a use. */
async function postReceipts(context: Context, tx: Tx, found: Found, fresh: Receipt[]) {
	const { merchantId, mode, transactionId } = found.payment;
	for (const { id, amount } of fresh) {
		const posting = `${found.attempt.id}:receipt:${id}`;
		const entries = moneyUnapplied(amount);
		await post(context, tx, { merchantId, mode, transactionId, posting, entries });
	}
}

/** False: it is known already. */
async function insertReceipt(
	context: Context,
	tx: Tx,
	{ payment: { transactionId }, attempt }: Found,
	{ id, amount }: Receipt
): Promise<boolean> {
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
	return numInsertedOrUpdatedRows === 1n;
}
