import type { Context } from '$lib/server/context';

/** A call of the shop to Cashdesk, without its secrets. */
export interface Sent {
	path: string;
	body: object;
	/** What proves the shop; left out: the API key. */
	pass?: 'api_key' | 'access_token' | 'client_token' | 'charges_client' | 'oauth_client';
}

/** What came back. */
export interface Exchange {
	/** Milliseconds from call to answer. */
	tookMs: number;
	/** Null: there was no answer. */
	status: number | null;
	/** As it came. */
	answer: string;
	/** The texts that the API's answers are known to have, where it said yes. */
	said: {
		/** Opens the payment page. */
		token?: string;
		/** Where the payer has to go. */
		url?: string;
		/** Cashdesk's id of a charge or of a payment. */
		id?: string;
		access_token?: string;
		transaction_id?: string;
		transaction_status?: string;
		error?: string;
	};
}

/** The shop's yes or no to a payout. */
interface Decision {
	call: Sent;
	exchange: Exchange;
}

/** A webhook whose signatures were right. */
export interface ReceivedWebhook {
	/** Counts an order's webhooks from 1. */
	number: number;
	/** The header of that name: the same when a message is sent again. */
	id: string;
	/** Unix milliseconds. */
	at: number;
	/** Those that prove where it came from. */
	headers: Record<string, string>;
	body: string;
}

/** What the shop remembers of one order. */
export interface DemoOrder {
	/** The shop's own id of it, which nobody can guess: who knows it may look at the order. */
	reference: string;
	/** The choices that led to it, as a query of the shop's address. */
	query: string;
	/** How the shop got an access token for it; null: it needed none. */
	access: { call: Sent; exchange: Exchange } | null;
	/** What was sent, without what no shop may keep. */
	call: Sent;
	exchange: Exchange;
	/** The newest first. */
	decisions: Decision[];
	webhooks: ReceivedWebhook[];
}

const MAX_ORDERS = 500;
const MAX_WEBHOOKS = 20;
const MAX_DECISIONS = 5;

/** In memory, since a shop that forgets over a restart does for a demo; the oldest order goes. */
const shops = new WeakMap<Context['db'], Map<string, DemoOrder>>();

export function keepOrder(
	context: Context,
	order: Omit<DemoOrder, 'decisions' | 'webhooks'>
): void {
	const orders = ordersOf(context);
	const [oldest] = orders.keys();
	if (orders.size >= MAX_ORDERS && oldest !== undefined) orders.delete(oldest);
	orders.set(order.reference, { ...order, decisions: [], webhooks: [] });
}

export function findOrder(context: Context, reference: string): DemoOrder | undefined {
	return ordersOf(context).get(reference);
}

/** The order that Cashdesk knows by this id. */
export function findOrderOf(context: Context, id: string): DemoOrder | undefined {
	for (const order of ordersOf(context).values()) if (order.exchange.said.id === id) return order;
	return undefined;
}

/** Adds a webhook to its order, the newest first; one that came before is told by its id. */
export function keepWebhook(
	context: Context,
	reference: string,
	webhook: Omit<ReceivedWebhook, 'number'>
): void {
	const order = findOrder(context, reference);
	if (!order || order.webhooks.some(({ id }) => id === webhook.id)) return;
	const number = (order.webhooks[0]?.number ?? 0) + 1;
	order.webhooks = [{ number, ...webhook }, ...order.webhooks].slice(0, MAX_WEBHOOKS);
}

export function keepDecision(context: Context, reference: string, decision: Decision): void {
	const order = findOrder(context, reference);
	if (order) order.decisions = [decision, ...order.decisions].slice(0, MAX_DECISIONS);
}

function ordersOf({ db }: Context): Map<string, DemoOrder> {
	let orders = shops.get(db);
	if (!orders) shops.set(db, (orders = new Map()));
	return orders;
}
