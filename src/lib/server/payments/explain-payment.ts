import type { Context } from '$lib/server/context';
import type { Reader } from '$lib/server/db/database';
import type { EventSnapshot } from '$lib/server/webhooks/event';
import { explainAttempts } from './explain-attempts';
import { explainBooks } from './explain-books';
import { readLegs } from './leg';
import { readPayment } from './read-payment';
import { listRefunds } from './read-refund';

/** More than any transaction has of anything; the answer stays bounded whatever happened. */
const MOST = 1000;

/**
 * All that is known of a transaction, for people who operate: every change with what routing
 * decided and why, every try, what moved in the books, and what the merchant was told. Amounts are
 * minor units beside their currency, moments milliseconds since 1970. Nothing of a card but its
 * brand, nothing that is encrypted, no address that leads a payer anywhere. Undefined: there is no
 * such transaction.
 */
export async function explainPayment({ db }: Context, transactionId: string) {
	const { read } = db;
	const payment = await readPayment(read, transactionId);
	if (!payment) return undefined;
	const { attempt: _, reservedLimits, amount, currency, refundedAmount, ...facts } = payment;
	const [events, attempts, legs, refunds, books, deliveries] = await Promise.all([
		readEvents(read, transactionId),
		explainAttempts(read, transactionId),
		readLegs(read, transactionId),
		listRefunds(read, transactionId),
		explainBooks(read, transactionId),
		readDeliveries(read, transactionId)
	]);
	return {
		transaction: {
			...facts,
			amount: amount === null ? null : { amount, currency },
			currency,
			refunded: { amount: refundedAmount, currency },
			holdsLimits: reservedLimits !== null
		},
		events,
		legs: legs.map((leg) => ({ ...leg, amount: { amount: leg.amount, currency } })),
		attempts,
		refunds: refunds.map(
			({ merchantId: _merchant, mode: _mode, transactionId: _id, ...refund }) => ({
				...refund,
				amount: { amount: refund.amount, currency: refund.currency },
				fee: { amount: refund.fee, currency: refund.currency },
				provider: { amount: refund.providerAmount, currency: refund.providerCurrency }
			})
		),
		...books,
		deliveries
	};
}
