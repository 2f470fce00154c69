import type { FieldError } from '$lib/server/errors';
import { isJsonNumber, type JsonValue } from '$lib/server/http/read-strict-json';
import type { Card } from '$lib/server/payments/payment';
import { redirectMethods } from '$lib/server/routing/redirect-methods';
import { hasRoutingSet } from '$lib/server/routing/routing-set';
import type { Order } from '$lib/server/sessions/open-session';
import type { OneShotOrder } from '$lib/server/sessions/pay-at-once';
import type { CashierCaller } from './auth';
import { faultsOf, invalid } from '$lib/server/http/faults';
import { findNumber, readCardDetails } from './read-card-details';
import { readFields, readOrder } from './read-order';
import { decisionShape, shapes, type OrderFields } from './request-shapes';

/** The name of the method that a call with a card pays by. */
const CARD = 'card';

/**
 * Reads the body of `POST /cashier`. Like the readers below it throws `invalid` with every faulty
 * field, or `wrong_mode` for a key of the other mode.
 */
export function readCashierRequest(caller: CashierCaller, body: JsonValue): Promise<Order> {
	const request = readFields(caller, shapes.cashier, { body });
	return soundOrder(caller, request, 'deposit');
}

/** Reads the body of `POST /withdrawal`; limits of deposits mean nothing to it. */
export function readWithdrawalRequest(caller: CashierCaller, body: JsonValue): Promise<Order> {
	const request = readFields(caller, shapes.withdrawal, { body });
	return soundOrder(caller, request, 'withdrawal');
}

async function soundOrder(
	caller: CashierCaller,
	request: OrderFields,
	intent: Order['intent']
): Promise<Order> {
	const faults: FieldError[] = [];
	const order = await readOrder(caller, request, { intent, faults });
	if (faults.length > 0) throw invalid(faults);
	return order;
}

/** Reads the body of `POST /direct`: `method` is the one that leads to the provider's page. */
export async function readDirectRequest(
	caller: CashierCaller,
	body: JsonValue
): Promise<{ order: OneShotOrder; method: string; accountId: number }> {
	const request = readFields(caller, shapes.direct, { body });
	const { provider_id: accountId } = request;
	const faults: FieldError[] = [];
	const order = await readOrder(caller, request, { intent: 'deposit', faults });
	const { context, application, mode } = caller;
	const owner = { merchantId: application.merchantId, mode };
	const offered = await redirectMethods(context, { ...owner, accountId });
	const method = offered?.find((name) => order.methods?.includes(name) ?? true);
	if (method === undefined) faults.push(noWay(offered));
	if (faults.length > 0 || method === undefined) throw invalid(faults);
	return { order: oneShot(order, { accountId }), method, accountId };
}

function noWay(offered: string[] | undefined): FieldError {
	if (offered === undefined) {
		return {
			field: 'request.provider_id',
			message: 'is no provider account of yours in this mode'
		};
	}
	if (offered.length > 0) {
		const message = 'must name a method that leads to the page of this provider';
		return { field: 'request.settings.methods', message };
	}
	const message = 'has no method that leads to a page of the provider';
	return { field: 'request.provider_id', message };
}

/** Reads the body of `POST /s2s`. The card is in what this returns and nowhere else. */
export async function readS2sRequest(
	caller: CashierCaller,
	body: JsonValue
): Promise<{ order: OneShotOrder; method: string; card: Card; routingSetId?: number }> {
	const { request: raw, card_details: details } = namesIn(body);
	const { card, faults } = readCardDetails(details, caller.context.clock.now());
	const copy = findNumber(raw ?? null, card.number, 'request');
	if (copy) faults.push({ field: copy, message: 'must not hold the card number' });
	const request = readFields(caller, shapes.s2s, { body, faults });
	const order = await readOrder(caller, request, { intent: 'deposit', faults });
	if (order.methods && !order.methods.includes(CARD)) {
		faults.push({ field: 'request.settings.methods', message: `must name ${CARD}` });
	}
	const { routing_id: routingSetId } = request;
	const { context, application, mode } = caller;
	const owner = { merchantId: application.merchantId, mode };
	if (routingSetId && !(await hasRoutingSet(context, { ...owner, id: routingSetId }))) {
		const message = 'is no set of provider rules of yours in this mode';
		faults.push({ field: 'request.routing_id', message });
	}
	if (faults.length > 0) throw invalid(faults);
	const { number, expiryMonth, expiryYear } = card;
	const content = { number, expiryMonth, expiryYear, routingSetId };
	return { order: oneShot(order, content), method: CARD, card, routingSetId };
}

/** The fields of a body that is an object. */
function namesIn(body: JsonValue): Partial<Record<string, JsonValue>> {
	const isList = Array.isArray(body) || isJsonNumber(body);
	return typeof body === 'object' && body !== null && !isList ? body : {};
}

/** `content` tells the order from another one under the same tracking id. */
function oneShot(order: Order, content: object): OneShotOrder {
	return { ...order, amountEditable: false, oneShot: { content: JSON.stringify(content) } };
}

/** Reads the body of `POST /withdrawal/approve` and `/withdrawal/reject`. */
export function readDecision(body: JsonValue): { transactionId: string } {
	const parsed = decisionShape.safeParse(body);
	if (!parsed.success) throw invalid(faultsOf(parsed.error, 'transaction_id'));
	return { transactionId: parsed.data.transaction_id };
}
