import type { Context } from '$lib/server/context';
import { BusinessError } from '$lib/server/errors';
import { attemptKey } from '$lib/server/payments/attempt-key';
import { availableMethods, type OfferedMethod } from '$lib/server/payments/available-methods';
import { deposit, type DepositResult, type Means } from '$lib/server/payments/deposit';
import type { Attempt, Payment } from '$lib/server/payments/payment';
import { readPaymentOfSession } from '$lib/server/payments/read-payment';
import { isFinal, isOpenAttempt } from '$lib/server/payments/states';
import { whyUnavailable } from '$lib/server/routing/why-unavailable';
import { readOrderFacts } from '$lib/server/webhooks/order-facts';
import { findSession } from './find-session';
import type { Session } from './session';
import { sessionToken } from './session-token';

/** A way to pay that a call names. */
interface Named {
	/** The name of an offer. */
	method: string;
	/** The provider that would take it, or takes it already. */
	provider: string;
}

/** What a payer has to do for a method that is paid elsewhere than on our page. */
export type Instructed = { payment: Payment } & (
	| { kind: 'elsewhere'; attempt: Attempt; action: NonNullable<Attempt['action']> }
	/** Nothing was begun: the code is entered on our page, until the session ends. */
	| { kind: 'code'; method: OfferedMethod; provider: string; session: Session }
);

/** When to ask again for what did not get to its provider. */
const UNREACHED_SECONDS = 10;

/** Where nobody said in which language the provider's pages should be. */
const LOCALE = 'en';

/** The methods that a session's payer can choose from now, and those that cannot be used. */
export async function methodsOf(
	context: Context,
	payment: Payment
): Promise<{ session: Session; token: string; methods: OfferedMethod[] }> {
	const order = (await readOrderFacts(context, [payment.transactionId])).get(payment.transactionId);
	const token =
		order && sessionToken(context, { id: order.sessionId, version: order.tokenVersion });
	const session = token && (await findSession(context, token));
	if (!session || !token) throw new Error('A payment without a session');
	const { application, mode, intent, amount, currency, payer } = session;
	const methods = await availableMethods(context, {
		merchantId: application.merchantId,
		mode,
		intent,
		transactionId: payment.transactionId,
		amount,
		currency,
		payer,
		methods: session.methods
	});
	return { session, token, methods };
}

/**
 * How to pay by a method that is paid elsewhere. Where nothing is under way yet it is begun, on the
 * terms as they are; of any number of equal calls, at once or later, one reaches the provider. Those
 * that come while it is there are told `in_progress`, and to ask again in a second.
 *
 * @throws BusinessError `not_found` for a method that is not offered or that another provider takes,
 * `invalid` for one that cannot be used or is paid on our page, `already_decided` for a payment that
 * has ended, `in_progress` while something else is under way
 */
export async function startInstructions(
	context: Context,
	payment: Payment,
	named: Named
): Promise<Instructed> {
	if (isFinal(payment.state)) throw ended();
	if (isUnderWay(payment.attempt)) return instructionsOf(payment, payment.attempt, named);
	const { session, token, methods } = await methodsOf(context, payment);
	if (context.clock.now() >= session.expiresAt) throw ended();
	const method = methods.find(({ name }) => name === named.method);
	const isTheirs = method?.provider === null || method?.provider === named.provider;
	if (!method || !isTheirs) throw notOffered();
	if (method.kind === 'card') throw unusable('is paid on the page of the checkout');
	if (!method.usable) throw unusable(`cannot be used now: ${method.because ?? 'unavailable'}`);
	if (method.kind === 'voucher') {
		return { kind: 'code', payment, method, provider: named.provider, session };
	}
	const means: Means = { kind: method.kind === 'redirect' ? 'redirect' : 'bank_transfer' };
	const result = await deposit(
		context,
		depositOf(context, { payment, session, token, named, means })
	);
	refuseUnsent(result);
	return readBegun(context, payment, named);
}

interface Beginning {
	payment: Payment;
	session: Session;
	token: string;
	named: Named;
	means: Means;
}

function depositOf(context: Context, { payment, session, token, named, means }: Beginning) {
	return {
		payment,
		attemptKey: attemptKey(context, payment.transactionId, payment.tries + 1),
		amount: session.amount ?? 0,
		method: named.method,
		means,
		payer: session.payer,
		agreed: 'merchant',
		returnUrl: `${context.config.origin}/pay/${token}/return`,
		payerIp: session.payerIp,
		description: session.description,
		locale: session.locale ?? LOCALE
	} as const;
}

/** How it stands after a try of ours, or of an equal call that was faster. */
async function readBegun(
	context: Context,
	{ sessionId }: Payment,
	named: Named
): Promise<Instructed> {
	const payment = await readPaymentOfSession(context, sessionId);
	const { state, attempt, reasonMessage } = payment;
	if (isFinal(state)) throw ended();
	// Whichever account has taken it after the first one named did not, it is theirs to instruct.
	const provider = attempt?.provider ?? named.provider;
	if (isUnderWay(attempt)) return instructionsOf(payment, attempt, { ...named, provider });
	if (payment.reason === 'provider_unavailable') {
		throw inProgress('The provider cannot be reached now', UNREACHED_SECONDS);
	}
	throw unusable(`was declined: ${reasonMessage ?? 'the provider took nothing'}`);
}

function instructionsOf(payment: Payment, attempt: Attempt, named: Named): Instructed {
	if (attempt.method !== named.method) throw inProgress('The payer is paying by another method');
	if (attempt.provider !== named.provider) throw notOffered();
	const { action } = attempt;
	if (attempt.kind === 'card') throw unusable('is paid on the page of the checkout');
	if (!action || payment.state !== 'action_required') {
		throw inProgress('The provider has not said yet how it goes on', 1);
	}
	return { kind: 'elsewhere', payment, attempt, action };
}

function isUnderWay(attempt: Attempt | null): attempt is Attempt {
	return attempt !== null && isOpenAttempt(attempt.state);
}

/** Nothing was sent, and nobody else has sent anything either. */
function refuseUnsent(result: DepositResult): void {
	switch (result.kind) {
		case 'sent':
		case 'stale':
			return;
		case 'unavailable':
			throw unusable(whyUnavailable(result.explanation));
		case 'limit_reached':
			throw unusable('cannot be used now: limit_reached');
		case 'not_verified':
			throw unusable('cannot be used now: not_verified');
		case 'requote':
		case 'card_gone':
			throw new Error(`A call that takes the terms as they are cannot meet ${result.kind}`);
	}
}

function unusable(message: string): BusinessError {
	return new BusinessError('invalid', message, { fields: [{ field: 'method', message }] });
}

function notOffered(): BusinessError {
	return new BusinessError('not_found', 'This provider takes no such payment by this method');
}

function ended(): BusinessError {
	return new BusinessError('already_decided', 'This payment has ended');
}

function inProgress(message: string, retryAfterSeconds?: number): BusinessError {
	return new BusinessError('in_progress', message, { retryAfterSeconds });
}
