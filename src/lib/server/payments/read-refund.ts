import type { Mode, Schema } from '$lib/server/db/schema';
import type { Reader } from '$lib/server/db/database';

export type RefundState = 'requested' | 'pending' | 'succeeded' | 'failed';

/** Money of a deposit on its way back. */
export interface Refund {
	id: string;
	transactionId: string;
	/** The attempt whose money goes back. */
	attemptId: string;
	merchantId: string;
	mode: Mode;
	reference: string | null;
	state: RefundState;
	/** Minor units of `currency`, without the fee that goes back with it. */
	amount: number;
	currency: string;
	fee: number;
	/** What the provider gives back, in its currency; its part of the fee for converting. */
	providerAmount: number;
	providerCurrency: string;
	fxFee: number;
	providerAccountId: number;
	providerReference: string | null;
	/** For money without a use, which went back by itself. */
	unappliedId: string | null;
	reason: string | null;
	reasonMessage: string | null;
	asked: number;
	createdAt: number;
}

/** The refund of an id that is known to be one. */
export async function findRefund(reader: Reader, id: string): Promise<Refund> {
	const row = await reader
		.selectFrom('refunds')
		.selectAll()
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	return refundOf(row);
}

function refundOf(row: Schema['refunds']): Refund {
	return {
		id: row.id,
		transactionId: row.transaction_id,
		attemptId: row.attempt_id,
		merchantId: row.merchant_id,
		mode: row.mode,
		reference: row.reference,
		state: row.state as RefundState,
		amount: row.amount,
		currency: row.currency,
		fee: row.fee,
		providerAmount: row.provider_amount,
		providerCurrency: row.provider_currency,
		fxFee: row.fx_fee,
		providerAccountId: row.provider_account_id,
		providerReference: row.provider_reference,
		unappliedId: row.unapplied_id,
		reason: row.reason,
		reasonMessage: row.reason_message,
		asked: row.asked,
		createdAt: row.created_at
	};
}
