import type { Context } from '$lib/server/context';
import type { Reader } from '$lib/server/db/database';
import type { EventSnapshot } from '$lib/server/webhooks/event';
import { explainAttempts } from './explain-attempts';
import { explainBooks } from './explain-books';
import { readLegs } from './leg';
import { readPayment } from './read-payment';

/**
 * All that is known of a transaction, for people who operate: every change with what routing decided
 * and why, every try, what moved in the books, and what the merchant was told. Money is minor units
 * beside their currency, moments (`at`, `…At`) are milliseconds since 1970. Of a card it tells the
 * brand and nothing else; nothing that is encrypted is opened, and no address is told that leads a
 * payer anywhere. Undefined: there is no such transaction.
 */
export async function explainPayment({ db }: Context, transactionId: string) {
	const { read } = db;
	const payment = await readPayment(read, transactionId);
	if (!payment) return undefined;
	const { currency } = payment;
	const [events, attempts, legs, books, webhooks] = await Promise.all([
		explainEvents(read, transactionId),
		explainAttempts(read, transactionId, currency),
		readLegs(read, transactionId),
		explainBooks(read, transactionId),
		explainWebhooks(read, transactionId)
	]);
	return {
		transaction: {
			id: payment.transactionId,
			sessionId: payment.sessionId,
			applicationId: payment.applicationId,
			merchantId: payment.merchantId,
			mode: payment.mode,
			intent: payment.intent,
			state: payment.state,
			reason: payment.reason,
			reasonMessage: payment.reasonMessage,
			money: payment.amount === null ? null : { amount: payment.amount, currency },
			received: { amount: payment.receivedAmount, currency },
			attested: payment.attested,
			reversed: payment.reversed,
			refunded: { amount: payment.refundedAmount, currency },
			payer: payment.payerReference,
			reference: payment.reference,
			oneShot: payment.oneShot,
			forms: payment.submissions,
			holdsLimits: payment.reservedLimits !== null,
			createdAt: payment.createdAt,
			updatedAt: payment.updatedAt
		},
		events,
		legs: legs.map(({ amount, ...leg }) => ({ ...leg, money: { amount, currency } })),
		attempts,
		...books,
		webhooks
	};
}

/** The changes of a transaction in their order, each as it was at that moment. */
async function explainEvents(read: Reader, transactionId: string) {
	const rows = await read
		.selectFrom('events')
		.select(['version', 'kind', 'snapshot', 'created_at'])
		.where('transaction_id', '=', transactionId)
		.orderBy('version')
		.execute();
	return rows.map(({ version, kind, snapshot, created_at: at }) => {
		const told = JSON.parse(snapshot) as EventSnapshot;
		const { state, amount, currency, reason, reasonMessage, attemptId, method } = told;
		const money = amount === null ? null : { amount, currency };
		const { refundId, unapplied, explanation: routing } = told;
		return {
			version,
			at,
			kind,
			state,
			money,
			reason,
			reasonMessage,
			attemptId,
			method,
			refundId,
			unapplied,
			routing
		};
	});
}

/** What the merchant was told, and how the tries went. */
async function explainWebhooks(read: Reader, transactionId: string) {
	const deliveries = await read
		.selectFrom('webhook_deliveries')
		.select([
			'id',
			'event_version as version',
			'state',
			'url',
			'due_at as dueAt',
			'delivered_at as deliveredAt'
		])
		.where('transaction_id', '=', transactionId)
		.orderBy('event_version')
		.execute();
	const tries = await read
		.selectFrom('webhook_tries as t')
		.innerJoin('webhook_deliveries as d', 'd.id', 't.delivery_id')
		.select(['d.id', 't.number', 't.started_at as at', 't.took_ms', 't.status', 't.problem'])
		.where('d.transaction_id', '=', transactionId)
		.orderBy('t.number')
		.execute();
	return deliveries.map(({ url, ...delivery }) => ({
		...delivery,
		to: url === null ? null : withoutQuery(url),
		tries: tries
			.filter(({ id }) => id === delivery.id)
			.map(({ number, at, took_ms: tookMs, status, problem }) => ({
				number,
				at,
				tookMs,
				status,
				problem
			}))
	}));
}

/** Merchants put secrets of their own into queries. */
function withoutQuery(address: string): string {
	const { origin, pathname } = new URL(address);
	return origin + pathname;
}
