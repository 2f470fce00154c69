import type { Context } from '$lib/server/context';
import { retryConflicts } from '$lib/server/db/conflict';
import { BusinessError } from '$lib/server/errors';
import { withdrawalReleased } from '$lib/server/ledger/bookings';
import { post } from '$lib/server/ledger/post';
import { advanceTransaction, type Change } from './advance-transaction';
import type { Payment } from './payment';
import { readPaymentOfSession } from './read-payment';

/**
 * The merchant lets a requested withdrawal go: the worker sends it from then on. Of any number of
 * decisions at once, one stands; the same decision again changes nothing. Returns the payment as it
 * stands.
 * @throws BusinessError `already_decided` once it was rejected or canceled, `not_requested` before
 * the payer asked for it
 */
export async function approveWithdrawal(context: Context, payment: Payment): Promise<Payment> {
	return decide(context, payment, {
		isDone: ({ state }) => ['approved', 'pending', 'succeeded', 'failed'].includes(state),
		write: (tx, now) =>
			advanceTransaction(context, tx, now, {
				to: 'approved',
				kind: 'approved',
				columns: { work_at: context.clock.now() }
			})
	});
}

/**
 * The merchant turns a requested withdrawal down: what was reserved for it is available again.
 * @throws BusinessError as approveWithdrawal does, `already_decided` once it was approved
 */
export async function rejectWithdrawal(context: Context, payment: Payment): Promise<Payment> {
	return decide(context, payment, {
		isDone: ({ state }) => state === 'rejected',
		write: (tx, now) =>
			release(context, tx, now, {
				to: 'rejected',
				kind: 'rejected',
				reason: 'rejected_by_merchant',
				reasonMessage: 'Rejected by the merchant'
			})
	});
}

/**
 * The payer takes a request back before the merchant has decided. False: it is too late for that.
 */
export async function withdrawRequest(context: Context, payment: Payment): Promise<boolean> {
	try {
		await decide(context, payment, {
			isDone: ({ state }) => state === 'canceled',
			write: (tx, now) =>
				release(context, tx, now, {
					to: 'canceled',
					kind: 'canceled',
					reason: 'canceled_by_payer',
					reasonMessage: 'Canceled by the payer'
				})
		});
		return true;
	} catch (error) {
		if (error instanceof BusinessError) return false;
		throw error;
	}
}

type Tx = Parameters<typeof advanceTransaction>[1];

async function decide(
	context: Context,
	{ sessionId }: Payment,
	decision: {
		isDone(payment: Payment): boolean;
		write(tx: Tx, payment: Payment): Promise<Payment>;
	}
): Promise<Payment> {
	return retryConflicts(async () => {
		const now = await readPaymentOfSession(context, sessionId);
		if (now.state !== 'requested') {
			if (decision.isDone(now)) return now;
			throw refusal(now);
		}
		// As the decision left it: the worker may have paid it by the time it could be read again.
		return context.db.inTransaction((tx) => decision.write(tx, now));
	});
}

function refusal({ state }: Payment): BusinessError {
	if (state === 'created' || state === 'expired') {
		const message = 'The payer has not requested this withdrawal';
		return new BusinessError('not_requested', message);
	}
	return new BusinessError(
		'already_decided',
		`It is too late to decide: this withdrawal is ${state}`
	);
}

/** Ends a request: what it held of the merchant's money is available again. */
async function release(context: Context, tx: Tx, payment: Payment, end: Change): Promise<Payment> {
	const { merchantId, mode, transactionId, currency, amount } = payment;
	const ended = await advanceTransaction(context, tx, payment, end);
	const entries = withdrawalReleased({ currency, amount: amount ?? 0 });
	await post(context, tx, { merchantId, mode, transactionId, posting: 'released', entries });
	return ended;
}
