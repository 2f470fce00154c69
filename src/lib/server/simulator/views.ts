import type { Schema } from '$lib/server/db/schema';
import { instructionsFor } from './instructions';
import type { SimulatorPayment } from './payments';
import type { SimulatorReceipt } from './transfers';

export type SimulatorRefund = Schema['simulator_refunds'];

/** What the acquirer's API says of a payment, in answers and in notifications. */
export function viewPayment(payment: SimulatorPayment, receipts: SimulatorReceipt[]) {
	const { id, amount, currency, reference, state } = payment;
	return {
		payment_id: id,
		attempt_id: payment.attempt_id,
		kind: payment.kind,
		state,
		amount,
		currency,
		reason: payment.reason,
		message: payment.message,
		page_path: pagePath(payment),
		instructions:
			state === 'awaiting' && reference !== null
				? instructionsFor({ amount, currency }, reference)
				: null,
		receipts: receipts.map((receipt) => ({ id: receipt.id, amount: receipt.amount })),
		card: { brand: payment.card_brand, last4: payment.card_last4 },
		card_token: state === 'succeeded' ? payment.card_token : null
	};
}

/** Where the payer answers. */
function pagePath({ id, state, locale }: SimulatorPayment): string | null {
	const pages: Partial<Record<string, string>> = { challenge: 'challenge', redirect: 'wallet' };
	const page = pages[state];
	return page === undefined
		? null
		: `/simulator/${page}/${id}?locale=${encodeURIComponent(locale)}`;
}

/** What it says of a refund. The payment is undefined where nobody ever saw it. */
export function viewRefund(refund: SimulatorRefund, payment: SimulatorPayment | undefined) {
	return {
		refund_id: refund.refund_id,
		reference: refund.id,
		payment_id: payment?.id ?? null,
		attempt_id: refund.attempt_id,
		state: refund.state,
		amount: refund.amount,
		currency: refund.currency,
		message: refund.message
	};
}
