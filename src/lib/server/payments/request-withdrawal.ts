import type { Context } from '$lib/server/context';
import { ConflictError } from '$lib/server/db/conflict';
import type { Tx } from '$lib/server/db/database';
import { withdrawalRequested } from '$lib/server/ledger/bookings';
import { post } from '$lib/server/ledger/post';
import { postIfCovered } from '$lib/server/ledger/post-if-covered';
import type { Exceeded } from '$lib/server/limits/reserve-limits';
import {
	readMerchantSettings,
	type KycStatus,
	type MerchantSettings
} from '$lib/server/merchants/merchant-settings';
import { sameSecret } from '$lib/server/secrets/same-secret';
import { advanceTransaction } from './advance-transaction';
import { attemptKey } from './attempt-key';
import { insertLegs, type NewLeg } from './leg';
import type { Payment } from './payment';
import { LimitReached, reserve } from './reservations';
import { readSourceLeft } from './source-left';

export interface Withdrawal {
	payment: Payment;
	/** From the form; see attempt-key.ts. */
	attemptKey: string;
	/** Where it goes. The legs add up to what the payer withdraws, in the payment's currency. */
	legs: readonly NewLeg[];
	kycStatus: KycStatus | null;
}

export type WithdrawalResult =
	| { kind: 'requested' }
	/** It was requested already, elsewhere, or the session has ended. */
	| { kind: 'stale' }
	| { kind: 'limit_reached'; exceeded: Exceeded }
	/** More than the merchant has available, where the merchant turned that check on. */
	| { kind: 'not_covered' }
	/** What was to go back to a deposit's card goes there by another withdrawal, or was refunded. */
	| { kind: 'changed' }
	| { kind: 'not_verified' };

/** Thrown inside a database transaction, so that nothing of a refused request stays. */
class NotCovered extends Error {
	override readonly name = 'NotCovered';
}

/** As NotCovered. */
class SourceTaken extends Error {
	override readonly name = 'SourceTaken';
}

/**
 * Puts a payer's withdrawal before the merchant: legs, state, event, webhook and the reservation of
 * the money are written together. Where the merchant's settings approve such an amount by
 * themselves, that is part of it.
 */
export async function requestWithdrawal(
	context: Context,
	wanted: Withdrawal
): Promise<WithdrawalResult> {
	const { payment } = wanted;
	const key = attemptKey(context, payment.transactionId, payment.tries + 1);
	const isReady = payment.intent === 'withdrawal' && payment.state === 'created';
	if (!isReady || !sameSecret(key, wanted.attemptKey)) return { kind: 'stale' };
	// Nothing is left to ask for once all of it has to go back and cannot now.
	if (!wanted.legs.some(({ amount }) => amount > 0)) return { kind: 'changed' };
	const settings = await readMerchantSettings(context, payment.merchantId, payment.mode);
	if (!settings.kyc.withdrawal.includes(wanted.kycStatus ?? 'none')) {
		return { kind: 'not_verified' };
	}
	try {
		await context.db.inTransaction((tx) => writeRequest(context, tx, wanted, settings));
		return { kind: 'requested' };
	} catch (error) {
		if (error instanceof LimitReached) return { kind: 'limit_reached', exceeded: error.exceeded };
		if (error instanceof NotCovered) return { kind: 'not_covered' };
		if (error instanceof SourceTaken) return { kind: 'changed' };
		if (error instanceof ConflictError) return { kind: 'stale' };
		throw error;
	}
}

async function writeRequest(
	context: Context,
	tx: Tx,
	{ payment, legs }: Withdrawal,
	{ limits, autoApprove, refuseBeyondBalance }: MerchantSettings
): Promise<void> {
	const { transactionId, merchantId, mode, currency } = payment;
	const amount = legs.reduce((sum, leg) => sum + leg.amount, 0);
	const method = legs.at(-1)?.method ?? '';
	const reservedLimits = await reserve(context, tx, payment, { limits, method, amount });
	const requested = await advanceTransaction(context, tx, payment, {
		to: 'requested',
		kind: 'requested',
		amount,
		// A request waits for the merchant, however long that takes.
		columns: { reserved_limits: reservedLimits, expires_at: null },
		snapshot: { method },
		beforeExpiry: true
	});
	await claimSources(tx, legs);
	await insertLegs(context, tx, transactionId, legs);
	const posting = {
		merchantId,
		mode,
		transactionId,
		posting: 'requested',
		entries: withdrawalRequested({ currency, amount })
	};
	if (!refuseBeyondBalance) await post(context, tx, posting);
	else if (!(await postIfCovered(context, tx, posting))) throw new NotCovered();
	if (amount > (autoApprove[currency] ?? 0)) return;
	await advanceTransaction(
		context,
		tx,
		{ ...requested, reservedLimits },
		{
			to: 'approved',
			kind: 'approved',
			columns: { work_at: context.clock.now() }
		}
	);
}

/**
 * Sees to it that no deposit takes back more than came from it, whoever asks at the same time: the
 * deposits' rows are written to first, so that of two the second waits for the first and then reads
 * what it took.
 */
async function claimSources(tx: Tx, legs: readonly NewLeg[]): Promise<void> {
	const ids = legs.flatMap(({ sourceAttemptId }) => sourceAttemptId ?? []);
	if (ids.length === 0) return;
	await tx
		.updateTable('transactions')
		.set(({ ref }) => ({ updated_at: ref('updated_at') }))
		.where('id', 'in', (query) =>
			query.selectFrom('attempts').select('transaction_id').where('id', 'in', ids)
		)
		.execute();
	const left = await readSourceLeft(tx, ids);
	for (const { sourceAttemptId, amount } of legs) {
		if (sourceAttemptId !== null && amount > (left.get(sourceAttemptId)?.free ?? 0)) {
			throw new SourceTaken();
		}
	}
}
