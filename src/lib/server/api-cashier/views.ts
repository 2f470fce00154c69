import { digitsOf } from '$lib/money/currencies';
import { formatDecimal } from '$lib/money/decimal';
import type { Payment } from '$lib/server/payments/payment';
import type { State } from '$lib/server/payments/states';
import type { PaymentEvent } from '$lib/server/webhooks/event';

type StatusWord = 'pending' | 'successful' | 'rejected';

/** apis/cashier.md, *Status words*. */
const statusWords: Record<State, StatusWord> = {
	created: 'pending',
	action_required: 'pending',
	pending: 'pending',
	succeeded: 'successful',
	declined: 'rejected',
	canceled: 'rejected',
	expired: 'rejected'
};

export function viewStatus(state: State): StatusWord {
	return statusWords[state];
}

/** Why a transaction was rejected, as a sentence; undefined while it is not. */
export function rejectedReason(transaction: {
	state: State;
	reason: string | null;
	reasonMessage: string | null;
}): string | undefined {
	const { state, reason, reasonMessage } = transaction;
	if (viewStatus(state) !== 'rejected') return undefined;
	return reasonMessage ?? reason ?? state;
}

/**
 * The body of a webhook, compact and with its keys in the contract's order: receivers hash the text
 * that they get from parsing it and writing it again. Every value is a string. An id that the
 * merchant did not give is empty; the amount is zero if the payer never chose one, which can only
 * be in a payment that was canceled or expired.
 * apis/cashier.md, *Webhook*.
 */
export function renderCashierWebhook({ transactionId, intent, snapshot }: PaymentEvent): string {
	const { state, amount, currency, payerReference, reference } = snapshot;
	return JSON.stringify({
		transaction_id: transactionId,
		user_id: payerReference ?? '',
		tracking_id: reference ?? '',
		status: viewStatus(state as State),
		currency,
		amount: formatDecimal(amount ?? 0, digitsOf(currency)),
		transaction_type: intent
	});
}

/** `POST /cashier`. */
export function viewOpenedSession({ token }: { token: string }) {
	return { token };
}

/** `GET /transaction/status`. */
export function viewTransactionStatus(payment: Payment) {
	return {
		transaction_status: viewStatus(payment.state),
		rejected_reason: rejectedReason(payment)
	};
}

/** One item of `GET /transactions`, its keys in the seed's order. */
function viewTransaction(payment: Payment) {
	const { attempt, currency } = payment;
	const amount = decimalNumber(payment.amount ?? 0, currency);
	return {
		transaction_id: payment.transactionId,
		gateway_transaction_id: attempt?.id ?? null,
		provider_transaction_id: attempt?.providerReference ?? null,
		transaction_type: payment.intent,
		transaction_date: new Date(payment.createdAt).toISOString().slice(0, 19).replace('T', ' '),
		status: viewStatus(payment.state),
		payment_provider: attempt?.provider ?? null,
		customer_id: viewCustomerId(payment.payerReference),
		amount,
		currency,
		user_amount: amount,
		user_currency: currency,
		fx_amount: 0
	};
}

/** A number where the merchant's id is one in canonical form, as in the seed; else as it is. */
function viewCustomerId(reference: string | null): number | string | null {
	if (reference === null || !/^(0|[1-9]\d{0,15})$/.test(reference)) return reference;
	return Number.isSafeInteger(Number(reference)) ? Number(reference) : reference;
}

/** An amount as a JSON number that is written from the integer: no float holds it on the way. */
function decimalNumber(amount: number, currency: string): unknown {
	return JSON.rawJSON(formatDecimal(amount, digitsOf(currency)));
}

/** The list as JSON, sent page by page: neither the server nor the database holds it whole. */
export function streamTransactions(pages: AsyncGenerator<Payment[]>): Response {
	const encoder = new TextEncoder();
	let isFirst = true;
	const body = new ReadableStream<Uint8Array>({
		async pull(controller) {
			const { value: page, done } = await pages.next();
			if (done) {
				controller.enqueue(encoder.encode(isFirst ? '[]' : ']'));
				controller.close();
				return;
			}
			const items = page.map((payment) => JSON.stringify(viewTransaction(payment)));
			controller.enqueue(encoder.encode((isFirst ? '[' : ',') + items.join(',')));
			isFirst = false;
		},
		async cancel() {
			await pages.return(undefined);
		}
	});
	return new Response(body, { headers: { 'content-type': 'application/json' } });
}
