import { newId, type Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import {
	moneyUnapplied,
	payoutSent,
	payoutPaid,
	withdrawalRequested
} from '$lib/server/ledger/bookings';
import { post } from '$lib/server/ledger/post';
import type { Outcome } from '$lib/server/providers/outcome';
import type { Attempt, Payment } from './payment';
import { writeChange } from './write-change';

interface Found {
	payment: Payment;
	attempt: Attempt;
}

/**
 * Books money that a provider reports for an attempt that is over: called off, declined, or
 * followed by another try that succeeded. The payment's state stays; the money is written down
 * once, with an event. What came from a payer goes back by itself. What went to a payer after all
 * is the merchant's expense.
 */
export async function bookUnapplied(
	context: Context,
	tx: Tx,
	found: Found,
	{ amount, providerReference }: Extract<Outcome, { kind: 'succeeded' }>
): Promise<void> {
	const { payment, attempt } = found;
	const { merchantId, mode, transactionId, state } = payment;
	const isPayout = payment.intent === 'withdrawal';
	const isNew = await insertUnapplied(context, tx, found, {
		...amount,
		receiptId: '',
		providerReference,
		way: isPayout ? 'queue' : 'back'
	});
	if (!isNew) return;
	const snapshot = { attemptId: attempt.id, unapplied: amount };
	await writeChange(context, tx, payment, { kind: 'money_unapplied', snapshot });
	const entries = isPayout ? paidAfterAll(found) : moneyUnapplied(amount);
	const posting = `${attempt.id}:unapplied`;
	await post(context, tx, { merchantId, mode, transactionId, posting, entries });
	context.log.error('a provider reports money for an attempt that is over', {
		attemptId: attempt.id,
		transactionId,
		state
	});
}

/**
 * Puts money that arrived and is already in the books into the merchant's queue, once. `isRest`: the
 * change just before left it over. Returns the transaction's version.
 */
export async function queueUnapplied(
	context: Context,
	tx: Tx,
	found: Found,
	money: { amount: number; currency: string; receiptId: string },
	{ isRest = false }: { isRest?: boolean } = {}
): Promise<number> {
	const { payment, attempt } = found;
	const { providerReference } = attempt;
	const row = { ...money, providerReference, way: 'queue' as const };
	if (!(await insertUnapplied(context, tx, found, row))) return payment.version;
	const { amount, currency } = money;
	const unapplied = { amount, currency, ...(isRest && { rest: true as const }) };
	const snapshot = { attemptId: attempt.id, method: attempt.method, unapplied };
	return writeChange(context, tx, payment, { kind: 'money_unapplied', snapshot });
}

interface Unapplied {
	amount: number;
	currency: string;
	receiptId: string;
	providerReference: string | null;
	way: 'back' | 'queue';
}

async function insertUnapplied(
	context: Context,
	tx: Tx,
	{ payment, attempt }: Found,
	{ amount, currency, receiptId, providerReference, way }: Unapplied
): Promise<boolean> {
	const now = context.clock.now();
	const { numInsertedOrUpdatedRows } = await tx
		.insertInto('unapplied_money')
		.values({
			id: newId(context),
			attempt_id: attempt.id,
			receipt_id: receiptId,
			transaction_id: payment.transactionId,
			merchant_id: payment.merchantId,
			mode: payment.mode,
			provider_account_id: attempt.providerAccountId,
			provider_reference: providerReference,
			amount,
			currency,
			way,
			// What went to a payer after all is spent: nobody has to decide anything.
			state: payment.intent === 'withdrawal' ? 'spent' : 'waiting',
			work_at: way === 'back' ? now : null,
			created_at: now
		})
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	return numInsertedOrUpdatedRows === 1n;
}

/** The whole way of a payout at once, which was thought not to have been made. */
function paidAfterAll({ payment: { currency }, attempt }: Found) {
	const { userAmount: amount, fee, merchantFee, fxFee } = attempt;
	const provider = { amount: attempt.amount, currency: attempt.currency };
	return [
		...withdrawalRequested({ currency, amount }),
		...payoutSent({ currency, amount }),
		...payoutPaid({ currency, amount, fee, merchantFee, provider, fxFee })
	];
}
