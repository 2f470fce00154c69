import type { Context } from '$lib/server/context';
import { ConflictError, retryConflicts } from '$lib/server/db/conflict';
import type { Tx } from '$lib/server/db/database';
import {
	refundFailed,
	refundPaid,
	refundRequested,
	unappliedReturned
} from '$lib/server/ledger/bookings';
import { post } from '$lib/server/ledger/post';
import type { RefundOutcome } from '$lib/server/providers/outcome';
import { nextAskAt } from './ask-schedule';
import type { Applied } from './apply-outcome';
import { providerText } from './move-attempt';
import type { Payment } from './payment';
import { findRefund, type Refund, type RefundState } from './read-refund';
import { readPayment } from './read-payment';
import { writeChange } from './write-change';

/**
 * Books what a provider said of a refund, wherever it was heard. The same again, a late word or
 * silence changes nothing. The refund, the event and the ledger are written together.
 */
export async function applyRefund(
	context: Context,
	refundId: string,
	outcome: RefundOutcome
): Promise<Applied> {
	return retryConflicts(() =>
		context.db.inTransaction(async (tx) => {
			const refund = await findRefund(tx, refundId);
			if (refund.state === 'succeeded') return 'ignored';
			if (refund.state === 'failed' && outcome.kind !== 'succeeded') return 'ignored';
			const payment = await readPayment(tx, refund.transactionId);
			if (!payment) throw new Error('A refund without a transaction');
			const found = { refund, payment };
			switch (outcome.kind) {
				case 'succeeded':
					await moveRefund(context, tx, refund, 'succeeded', outcome);
					await settle(context, tx, found);
					return 'applied';
				case 'failed': {
					const words = { reason: 'refund_failed', message: providerText(outcome.message) };
					await moveRefund(context, tx, refund, 'failed', words);
					await giveUp(context, tx, found);
					return 'applied';
				}
				case 'pending':
					if (refund.state === 'pending') return 'ignored';
					await moveRefund(context, tx, refund, 'pending', outcome);
					await tell(context, tx, found, 'refund_pending');
					return 'applied';
				case 'unreachable':
				case 'unknown':
				case 'absent':
					return 'ignored';
			}
		})
	);
}

interface Found {
	refund: Refund;
	payment: Payment;
}

async function settle(context: Context, tx: Tx, { refund, payment }: Found): Promise<void> {
	const { merchantId, mode, transactionId } = payment;
	const provider = { amount: refund.providerAmount, currency: refund.providerCurrency };
	const posting = `${refund.id}:paid`;
	if (refund.unappliedId !== null) {
		const returned = { state: 'returned', work_at: null };
		await moveUnapplied(tx, refund.unappliedId, returned);
		await tell(context, tx, { refund, payment }, 'money_returned');
		const entries = unappliedReturned(provider);
		await post(context, tx, { merchantId, mode, transactionId, posting, entries });
		return;
	}
	const { currency, amount, fee, fxFee } = refund;
	const paid = refundPaid({ currency, amount, fee, provider, fxFee });
	if (refund.state !== 'failed') {
		await tell(context, tx, { refund, payment }, 'refund_succeeded');
		await post(context, tx, { merchantId, mode, transactionId, posting, entries: paid });
		return;
	}
	// It went back after the provider had said that it would not: money is money.
	context.log.error('a provider reports a refund that it had refused', { refundId: refund.id });
	await writeChange(context, tx, payment, {
		kind: 'refund_succeeded',
		columns: { refunded_amount: payment.refundedAmount + amount },
		snapshot: { amount, currency, refundId: refund.id }
	});
	const entries = [...refundRequested({ currency, amount, fee }), ...paid];
	await post(context, tx, { merchantId, mode, transactionId, posting, entries });
}

/** The money stays: with the merchant, or in the merchant's queue when it had no use. */
async function giveUp(context: Context, tx: Tx, { refund, payment }: Found): Promise<void> {
	const { merchantId, mode, transactionId } = payment;
	if (refund.unappliedId !== null) {
		const queued = { state: 'waiting', way: 'queue', work_at: null };
		await moveUnapplied(tx, refund.unappliedId, queued);
		await tell(context, tx, { refund, payment }, 'refund_failed');
		return;
	}
	const { currency, amount, fee } = refund;
	await writeChange(context, tx, payment, {
		kind: 'refund_failed',
		columns: { refunded_amount: payment.refundedAmount - amount },
		snapshot: { amount, refundId: refund.id }
	});
	const entries = refundFailed({ currency, amount, fee });
	const posting = `${refund.id}:failed`;
	await post(context, tx, { merchantId, mode, transactionId, posting, entries });
}

async function tell(
	context: Context,
	tx: Tx,
	{ refund, payment }: Found,
	kind: 'refund_pending' | 'refund_succeeded' | 'refund_failed' | 'money_returned'
): Promise<void> {
	const { amount, currency, id: refundId } = refund;
	await writeChange(context, tx, payment, { kind, snapshot: { amount, currency, refundId } });
}

async function moveRefund(
	context: Context,
	tx: Tx,
	refund: Refund,
	state: RefundState,
	word: { providerReference?: string | null; reason?: string; message?: string }
): Promise<void> {
	const now = context.clock.now();
	const { numUpdatedRows } = await tx
		.updateTable('refunds')
		.set({
			state,
			provider_reference: word.providerReference ?? refund.providerReference,
			reason: word.reason ?? null,
			reason_message: word.message ?? null,
			ask_at: state === 'pending' ? nextAskAt(now, 0) : null,
			updated_at: now
		})
		.where('id', '=', refund.id)
		.where('state', '=', refund.state)
		.executeTakeFirst();
	if (numUpdatedRows !== 1n) throw new ConflictError('The refund was changed meanwhile');
}

async function moveUnapplied(
	tx: Tx,
	id: string,
	columns: { state: string; way?: string; work_at: null }
): Promise<void> {
	await tx.updateTable('unapplied_money').set(columns).where('id', '=', id).execute();
}
