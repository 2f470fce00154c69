import type { Context } from '$lib/server/context';
import type { Mode } from '$lib/server/db/schema';
import { withdrawRequest } from './decide-withdrawal';
import { readPayment } from './read-payment';

/** The same payer of the same merchant, whichever session it is. */
export interface PayerOfMerchant {
	merchantId: string;
	mode: Mode;
	payerReference: string;
}

/** A withdrawal that waits for the merchant's decision. */
export interface WaitingRequest {
	transactionId: string;
	/** Minor units. */
	amount: number;
	currency: string;
	/** Milliseconds since 1970. */
	requestedAt: number;
	/** Where it goes: the labels of its legs. */
	labels: string[];
}

const MOST = 20;

/** A payer's withdrawals that the merchant has not decided, newest first; the newest 20. */
export async function listRequests(
	{ db }: Context,
	{ merchantId, mode, payerReference }: PayerOfMerchant
): Promise<WaitingRequest[]> {
	const rows = await db.read
		.selectFrom('transactions')
		.select(['id', 'amount', 'currency', 'updated_at'])
		.where('merchant_id', '=', merchantId)
		.where('mode', '=', mode)
		.where('payer_reference', '=', payerReference)
		.where('intent', '=', 'withdrawal')
		.where('state', '=', 'requested')
		.orderBy('id', 'desc')
		.limit(MOST)
		.execute();
	if (rows.length === 0) return [];
	const ids = rows.map(({ id }) => id);
	const legs = await db.read
		.selectFrom('payout_legs')
		.select(['transaction_id', 'label'])
		.where('transaction_id', 'in', ids)
		.orderBy('number')
		.execute();
	return rows.map(({ id, amount, currency, updated_at }) => ({
		transactionId: id,
		amount: amount ?? 0,
		currency,
		requestedAt: updated_at,
		labels: legs.filter((leg) => leg.transaction_id === id).map(({ label }) => label)
	}));
}

/**
 * The payer takes back a request made in another session. False: it is none of this payer's, or the
 * merchant was faster.
 */
export async function cancelRequest(
	context: Context,
	owner: PayerOfMerchant,
	transactionId: string
): Promise<boolean> {
	const payment = await readPayment(context.db.read, transactionId);
	const isOwn =
		payment?.intent === 'withdrawal' &&
		payment.merchantId === owner.merchantId &&
		payment.mode === owner.mode &&
		payment.payerReference === owner.payerReference;
	return payment !== undefined && isOwn && withdrawRequest(context, payment);
}
