import type { ClientToken } from '$lib/server/merchants/client-tokens';
import type { PaymentApplication } from '$lib/server/merchants/read-payment-applications';
import type { Payment } from '$lib/server/payments/payment';
import type { ToldEvent } from '$lib/server/webhooks/event';
import type { OrderFacts } from '$lib/server/webhooks/order-facts';
import type { ApplicationView, NewTokenView, PaymentView, TokenView, Webhook } from './answers';
import type { TokenScope } from './auth';
import { eventNameOf, standingAt, standingOf, statusOf, type Standing } from './status';

/** What the order of a checkout says again; openSession keeps it as `dialectData`. */
export interface CheckoutFacts {
	/** Null: the payment's own. */
	settlementCurrencyCode: string | null;
}

interface Identity {
	id: string;
	reference: string | null;
	currency: string;
}

/** A payment as it stands. */
export function viewPayment(payment: Payment, order: OrderFacts): PaymentView {
	const { transactionId: id, reference, currency } = payment;
	return viewStanding({ id, reference, currency }, standingOf(payment), order);
}

/** The body of a webhook: the payment as it was at the event; null where nothing is told. */
export function renderCheckoutWebhook(event: ToldEvent): string | null {
	const { transactionId: id, snapshot, order } = event;
	const standing = standingAt(snapshot);
	const name = eventNameOf(event.kind, statusOf(standing), snapshot);
	if (name === null) return null;
	const { reference, currency } = snapshot;
	const data = viewStanding({ id, reference, currency }, standing, order);
	const body: Webhook = { event: name, data };
	return JSON.stringify(body);
}

function viewStanding(
	{ id, reference, currency }: Identity,
	standing: Standing,
	order: OrderFacts
): PaymentView {
	const { settlementCurrencyCode } = order.dialectData as CheckoutFacts;
	return {
		id,
		userId: order.merchantId,
		status: statusOf(standing),
		reference: reference ?? '',
		referenceLabel: order.description ?? '',
		amount: standing.asked,
		currencyCode: currency,
		settlementCurrencyCode: settlementCurrencyCode ?? currency,
		clientId: order.clientId ?? '',
		createdAt: momentOf(order.openedAt),
		expiresAt: momentOf(order.expiresAt),
		receivedAmount: standing.received
	};
}

export function viewApplication(application: PaymentApplication): ApplicationView {
	const { id, name, merchantId, url, webhookUrl, deletedAt } = application;
	return {
		id,
		name,
		clientId: application.clientId ?? '',
		userId: merchantId,
		url,
		callbackUrl: webhookUrl,
		currencyWhitelist: application.currencies ?? [],
		allowUnderpay: application.allowUnderpay,
		allowOverpay: application.allowOverpay,
		createdAt: momentOf(application.createdAt),
		deletedAt: deletedAt === null ? null : momentOf(deletedAt)
	};
}

/** A client token as it is listed. */
export function viewToken(token: ClientToken): TokenView {
	return { ...factsOf(token), hint: token.hint };
}

/** A client token that was just made, with its text. */
export function viewNewToken(token: ClientToken, text: string): NewTokenView {
	return { ...factsOf(token), token: text };
}

function factsOf({ id, label, scopes, expiresAt, createdAt, lastUsedAt }: ClientToken) {
	return {
		id,
		label,
		scopes: scopes as TokenScope[],
		expiresAt: expiresAt === null ? null : momentOf(expiresAt),
		createdAt: momentOf(createdAt),
		lastUsedAt: lastUsedAt === null ? null : momentOf(lastUsedAt)
	};
}

/** ISO 8601, in UTC. */
export function momentOf(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}
