import { digitsOf } from '$lib/money/currencies';
import { formatDecimal } from '$lib/money/decimal';
import type { ListedPayment } from '$lib/server/payments/moved-amounts';
import type { Payment, ProviderAction } from '$lib/server/payments/payment';
import type { State } from '$lib/server/payments/states';
import type { EventKind, PaymentEvent } from '$lib/server/webhooks/event';
import type {
	ApprovedAnswer,
	DirectAnswer,
	ListedTransaction,
	OpenedAnswer,
	ServerAnswer,
	StatusAnswer,
	statusWords,
	WebhookBody
} from './answers';

type StatusWord = (typeof statusWords)[number];

/** apis/cashier.md, *Status words*. */
const wordsOfStates: Record<State, StatusWord> = {
	created: 'pending',
	action_required: 'pending',
	pending: 'pending',
	requested: 'pending',
	approved: 'pending',
	succeeded: 'successful',
	declined: 'rejected',
	canceled: 'rejected',
	expired: 'rejected',
	rejected: 'rejected',
	failed: 'rejected'
};

export function viewStatus(state: State): StatusWord {
	return wordsOfStates[state];
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

/** What the Cashier API has no words for. */
const untold = new Set<EventKind>(['received', 'confirmed', 'reversed', 'money_unapplied']);

/**
 * The body of a webhook; null where there is none. It is compact and with its keys in the contract's order: receivers hash the text
 * that they get from parsing it and writing it again. Every value is a string. An id that the
 * merchant did not give is empty; the amount is zero if the payer never chose one, which can only
 * be in a payment that was canceled or expired.
 * apis/cashier.md, *Webhook*.
 */
export function renderCashierWebhook(event: PaymentEvent): string | null {
	const { transactionId, intent, kind, snapshot } = event;
	if (untold.has(kind)) return null;
	const { state, amount, currency, payerReference, reference } = snapshot;
	const body: WebhookBody = {
		transaction_id: transactionId,
		user_id: payerReference ?? '',
		tracking_id: reference ?? '',
		status: viewStatus(state as State),
		currency,
		amount: formatDecimal(amount ?? 0, digitsOf(currency)),
		transaction_type: intent
	};
	return JSON.stringify(body);
}

/** `POST /cashier` and `POST /withdrawal`. */
export function viewOpenedSession({ token }: { token: string }): OpenedAnswer {
	return { token };
}

interface PaidAtOnce {
	payment: Payment;
	token: string;
}

/** `POST /s2s`: the address is our page of the payer's step at the bank. */
export function viewServerPayment({ payment, token }: PaidAtOnce, origin: string): ServerAnswer {
	return {
		url: actionOf(payment) ? `${origin}/pay/${token}/action` : '',
		transaction_status: viewStatus(payment.state),
		transaction_id: payment.transactionId,
		error: rejectedReason(payment)
	};
}

/** `POST /direct`: the address is the provider's own, past the cashier. */
export function viewDirectPayment({ payment }: PaidAtOnce): DirectAnswer {
	const action = actionOf(payment);
	return {
		url: action && action.type !== 'instructions' ? action.url : '',
		transaction_id: payment.transactionId,
		transaction_status: viewStatus(payment.state)
	};
}

/** What the payer has to do, while there is something. */
function actionOf({ state, attempt }: Payment): ProviderAction | null {
	return state === 'action_required' ? (attempt?.action ?? null) : null;
}

/** `POST /withdrawal/approve`. */
export function viewApproved({ state }: Payment): ApprovedAnswer {
	return {
		message: 'Transaction Withdrawal has been approved successfully',
		transaction_status: viewStatus(state)
	};
}

/** `GET /transaction/status`. */
export function viewTransactionStatus(payment: Payment): StatusAnswer {
	return {
		transaction_status: viewStatus(payment.state),
		rejected_reason: rejectedReason(payment)
	};
}

/** Amounts go over the wire as JSON numbers, which no float holds on the way. */
type Written<Answer> = {
	[Name in keyof Answer]: number extends Answer[Name] ? RawNumber | Answer[Name] : Answer[Name];
};

/** What JSON.rawJSON makes. */
interface RawNumber {
	rawJSON: string;
}

/**
 * One item of `GET /transactions`, its keys in the seed's order. A fee that the payer bears is in
 * `amount` and never in `user_amount`.
 */
function viewTransaction(payment: ListedPayment): Written<ListedTransaction> {
	const { attempt, moved } = payment;
	return {
		transaction_id: payment.transactionId,
		gateway_transaction_id: attempt?.id ?? null,
		provider_transaction_id: attempt?.providerReference ?? null,
		transaction_type: payment.intent,
		transaction_date: new Date(payment.createdAt).toISOString().slice(0, 19).replace('T', ' '),
		status: viewStatus(payment.state),
		payment_provider: attempt?.provider ?? null,
		customer_id: viewCustomerId(payment.payerReference),
		amount: decimalNumber(moved.amount, moved.currency),
		currency: moved.currency,
		user_amount: decimalNumber(payment.amount ?? 0, payment.currency),
		user_currency: payment.currency,
		fx_amount: moved.fxFee === 0 ? 0 : decimalNumber(moved.fxFee, moved.currency)
	};
}

/** A number where the merchant's id is one in canonical form, as in the seed; else as it is. */
function viewCustomerId(reference: string | null): number | string | null {
	if (reference === null || !/^(0|[1-9]\d{0,15})$/.test(reference)) return reference;
	return Number.isSafeInteger(Number(reference)) ? Number(reference) : reference;
}

/** An amount as a JSON number that is written from the integer. */
function decimalNumber(amount: number, currency: string): RawNumber {
	return JSON.rawJSON(formatDecimal(amount, digitsOf(currency)));
}

/**
 * The list as JSON, sent page by page: neither the server nor the database holds it whole. What
 * fails in the middle can no longer be an answer: the connection breaks off, and `onFault` is told.
 */
export function streamTransactions(
	pages: AsyncGenerator<ListedPayment[]>,
	onFault: (error: unknown) => void
): Response {
	const encoder = new TextEncoder();
	let isFirst = true;
	const body = new ReadableStream<Uint8Array>({
		async pull(controller) {
			const { value: page, done } = await pages.next().catch((error: unknown) => {
				onFault(error);
				throw error;
			});
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
	const headers = {
		'content-type': 'application/json',
		// A compressor would keep the first page until it has many, and megabytes for itself.
		'cache-control': 'no-store, no-transform'
	};
	return new Response(body, { headers });
}
