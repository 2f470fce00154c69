import { newId, type Context } from '$lib/server/context';
import { retryConflicts } from '$lib/server/db/conflict';
import type { Tx } from '$lib/server/db/database';
import { BusinessError } from '$lib/server/errors';
import { refundRequested } from '$lib/server/ledger/bookings';
import { post } from '$lib/server/ledger/post';
import { convert } from '$lib/server/rates/convert';
import { nextAskAt } from './ask-schedule';
import type { Attempt, Payment } from './payment';
import { readPayment } from './read-payment';
import { findRefund, type Refund } from './read-refund';
import { sendRefund } from './send-refund';
import { readSourceLeft } from './source-left';
import { writeChange } from './write-change';

export interface RefundOrder {
	transactionId: string;
	/** Minor units of the payment's currency; null: all that is left. */
	amount: number | null;
	/** The merchant's id of the refund: the same again leads to the same refund. */
	reference: string | null;
}

/**
 * Gives a deposit's money back, all or part of it: writes the intent, commits, calls the provider,
 * writes the outcome. Refunds never add up to more than was paid, under any concurrency. A refund
 * converts at the payment's own rate; the one that completes it takes the remainder, and the
 * payer's fees with it (architecture.md, *The core's model*). It changes neither the payment's state
 * nor its amount. The result is `succeeded`, `failed`, or undecided, which the worker settles.
 * @throws BusinessError `not_found`, `not_refundable`, `reference_reused`
 */
export async function refund(context: Context, order: RefundOrder): Promise<Refund> {
	const refundId = await retryConflicts(async () => {
		const payment = await readPayment(context.db.read, order.transactionId);
		if (!payment) throw new BusinessError('not_found', 'No transaction has this id');
		const repeated = await findRepeated(context, order);
		if (repeated) return repeated;
		const id = newId(context);
		await context.db.inTransaction((tx) => writeRefund(context, tx, { id, payment, order }));
		return id;
	});
	await sendRefund(context, refundId);
	return findRefund(context.db.read, refundId);
}

async function findRepeated(
	{ db }: Context,
	{ transactionId, amount, reference }: RefundOrder
): Promise<string | undefined> {
	if (reference === null) return undefined;
	const row = await db.read
		.selectFrom('refunds')
		.select(['id', 'amount'])
		.where('transaction_id', '=', transactionId)
		.where('reference', '=', reference)
		.executeTakeFirst();
	if (row && amount !== null && row.amount !== amount) {
		throw new BusinessError('reference_reused', 'This reference belongs to another refund');
	}
	return row?.id;
}

interface Writing {
	id: string;
	payment: Payment;
	order: RefundOrder;
}

async function writeRefund(context: Context, tx: Tx, { id, payment, order }: Writing) {
	const { transactionId, merchantId, mode, currency, attempt } = payment;
	if (payment.intent !== 'deposit' || payment.state !== 'succeeded' || !attempt) {
		throw new BusinessError('not_refundable', 'Only a deposit that was paid can be refunded');
	}
	if (payment.attested || payment.reversed) {
		const why = payment.attested ? 'is not final at the provider yet' : 'was taken back there';
		throw new BusinessError('not_refundable', `This payment ${why}`);
	}
	const left = attempt.userAmount - payment.refundedAmount;
	const amount = order.amount ?? left;
	if (amount <= 0 || amount > left) {
		throw new BusinessError(
			'not_refundable',
			'A refund must not be more than is left of the payment'
		);
	}
	const now = context.clock.now();
	await writeChange(context, tx, payment, {
		kind: 'refund_requested',
		columns: { refunded_amount: payment.refundedAmount + amount },
		snapshot: { amount, refundId: id }
	});
	// After the row is written to, which a withdrawal back to the same card does first as well.
	const source = (await readSourceLeft(tx, [attempt.id])).get(attempt.id);
	if (!source || source.free < 0) {
		const message = 'Part of this payment has gone back to its card by a withdrawal';
		throw new BusinessError('not_refundable', message);
	}
	const shares = await sharesOf(tx, payment, attempt, amount);
	await tx
		.insertInto('refunds')
		.values({
			id,
			transaction_id: transactionId,
			attempt_id: attempt.id,
			merchant_id: merchantId,
			mode,
			reference: order.reference,
			state: 'requested',
			amount,
			currency,
			fee: shares.fee,
			fx_fee: shares.fxFee,
			provider_amount: shares.provider,
			provider_currency: attempt.currency,
			provider_account_id: attempt.providerAccountId,
			provider_reference: null,
			unapplied_id: null,
			reason: null,
			reason_message: null,
			ask_at: nextAskAt(now, 0),
			asked: 0,
			created_at: now,
			updated_at: now
		})
		.execute();
	const entries = refundRequested({ currency, amount, fee: shares.fee });
	await post(context, tx, { merchantId, mode, transactionId, posting: id, entries });
}

/**
 * What the provider gives back for a part of the payment, and which fees are in it. A part is what it
 * adds to the sum of all parts once that is converted, so that roundings never add up to more than was
 * paid. The last one takes what is left.
 */
async function sharesOf(
	tx: Tx,
	payment: Payment,
	attempt: Attempt,
	amount: number
): Promise<{ provider: number; fee: number; fxFee: number }> {
	const given = await givenBack(tx, payment);
	const left = attempt.amount - given.provider;
	const before = payment.refundedAmount;
	const isLast = before + amount === attempt.userAmount;
	const added =
		convertedPart(payment, attempt, before + amount) - convertedPart(payment, attempt, before);
	const provider = isLast ? left : Math.min(added, left);
	if (provider <= 0) {
		throw new BusinessError(
			'not_refundable',
			'The amount is too small for the provider’s currency'
		);
	}
	if (!isLast) return { provider, fee: 0, fxFee: 0 };
	return { provider, fee: attempt.fee - given.fee, fxFee: attempt.fxFee - given.fxFee };
}

/** A part in the provider's currency, without fees; 0 where it comes to less than one unit. */
function convertedPart(
	{ currency }: Payment,
	{ rate, currency: to }: Attempt,
	part: number
): number {
	if (!rate) return part;
	return convert({ amount: part, currency }, to, rate.rate) ?? 0;
}

async function givenBack(
	tx: Tx,
	{ transactionId }: Payment
): Promise<{ provider: number; fee: number; fxFee: number }> {
	const { provider, fee, fxFee } = await tx
		.selectFrom('refunds')
		.select(({ fn }) => [
			fn.sum<number>('provider_amount').as('provider'),
			fn.sum<number>('fee').as('fee'),
			fn.sum<number>('fx_fee').as('fxFee')
		])
		.where('transaction_id', '=', transactionId)
		.where('unapplied_id', 'is', null)
		.where('state', '!=', 'failed')
		.executeTakeFirstOrThrow();
	return { provider: Number(provider ?? 0), fee: Number(fee ?? 0), fxFee: Number(fxFee ?? 0) };
}
