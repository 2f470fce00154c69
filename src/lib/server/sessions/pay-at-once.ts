import type { Context } from '$lib/server/context';
import { ConflictError } from '$lib/server/db/conflict';
import type { Application } from '$lib/server/merchants/application';
import { advanceTransaction, type Change } from '$lib/server/payments/advance-transaction';
import { attemptKey } from '$lib/server/payments/attempt-key';
import { deposit, type DepositResult, type Means } from '$lib/server/payments/deposit';
import { payerFactsOf } from '$lib/server/payments/payer-facts';
import type { Payment } from '$lib/server/payments/payment';
import { readPaymentOfSession } from '$lib/server/payments/read-payment';
import { whyUnavailable } from '$lib/server/routing/why-unavailable';
import { openSession, type OpenedSession, type Order } from './open-session';

/** An order that comes with the means to pay it: nobody else can try. */
export interface OneShotOrder extends Order {
	oneShot: NonNullable<Order['oneShot']>;
}

interface Way {
	/** Given by a call that may be resumed: the id of its session. */
	id?: string;
	/** The name of an offer. */
	method: string;
	means: Means;
	/** One account, or a set of rules, that the call names. */
	accountId?: number;
	routingSetId?: number;
}

/** Where nobody said in which language the provider's pages should be. */
const LOCALE = 'en';

/**
 * Opens a session and pays it in one go, for calls of the merchant's server. Whatever call comes
 * again - at once, later, or after a crash of the first - finds the session of the first and tells
 * how it stands: of all of them together one try is made, at as many accounts as the rules allow.
 * A payment that cannot even be tried is declined at once, with the reason.
 * @throws BusinessError `reference_reused`, as openSession does
 */
export async function payAtOnce(
	context: Context,
	application: Application,
	order: OneShotOrder,
	way: Way
): Promise<{ payment: Payment; token: string }> {
	const opened = await openSession(context, application, order, { id: way.id });
	const payment = await readPaymentOfSession(context, opened.id);
	// Once something was sent, whoever sent it goes on with it; should they have died, the worker does.
	if (payment.tries === 0 && payment.state === 'created') {
		const result = await deposit(context, depositOf(context, opened, { order, way, payment }));
		await declineUntried(context, payment, result);
	}
	return { payment: await readPaymentOfSession(context, opened.id), token: opened.token };
}

function depositOf(
	context: Context,
	{ token }: OpenedSession,
	{ order, way, payment }: { order: OneShotOrder; way: Way; payment: Payment }
) {
	const { method, means, accountId, routingSetId } = way;
	const customer = order.customer === null ? null : JSON.stringify(order.customer);
	return {
		payment,
		attemptKey: attemptKey(context, payment.transactionId, 1),
		amount: order.amount ?? 0,
		method,
		means,
		payer: payerFactsOf(order.payerReference, customer),
		agreed: 'merchant',
		returnUrl: `${context.config.origin}/pay/${token}/return`,
		payerIp: order.payerIp,
		description: order.description,
		locale: order.locale ?? LOCALE,
		accountId,
		routingSetId
	} as const;
}

/** Ends a payment of which nothing was sent. */
async function declineUntried(
	context: Context,
	payment: Payment,
	result: DepositResult
): Promise<void> {
	const why = reasonOf(result);
	if (!why) return;
	const change: Change = { to: 'declined', kind: 'declined', ...why };
	try {
		await context.db.inTransaction((tx) => advanceTransaction(context, tx, payment, change));
	} catch (error) {
		// An equal call was faster by a moment, and what it did stands.
		if (!(error instanceof ConflictError)) throw error;
	}
}

/** Why nothing could be sent; undefined: something was, by this call or by an equal one. */
function reasonOf(
	result: DepositResult
): Pick<Change, 'reason' | 'reasonMessage' | 'snapshot'> | undefined {
	switch (result.kind) {
		case 'sent':
		case 'stale':
			return undefined;
		case 'unavailable':
			return {
				reason: 'provider_unavailable',
				reasonMessage: whyUnavailable(result.explanation),
				snapshot: { explanation: result.explanation }
			};
		case 'limit_reached': {
			const until = new Date(result.exceeded.until).toISOString();
			const reasonMessage = `The limits of this payer leave too little until ${until}`;
			return { reason: 'limit_reached', reasonMessage };
		}
		case 'not_verified':
			return {
				reason: 'not_verified',
				reasonMessage: 'Payers of this KYC status may not deposit'
			};
		case 'requote':
		case 'card_gone':
			throw new Error(`A call of the merchant's server cannot meet ${result.kind}`);
	}
}
