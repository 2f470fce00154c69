import { readChoices } from '$lib/demo-shop/choices';
import { showCall } from '$lib/demo-shop/shop-call';
import type { ShownExchange, ShownOrder } from '$lib/demo-shop/shown-order';
import type { Context } from '$lib/server/context';
import { findOrder, type Exchange, type Sent } from '$lib/server/demo/orders';

/** What the console shows of an order; undefined for one that the shop does not know. */
export function showOrder(context: Context, reference: string): ShownOrder | undefined {
	const order = findOrder(context, reference);
	if (!order) return undefined;
	const { query, access, call, exchange, decisions, webhooks } = order;
	const { api, way, place } = readChoices(new URLSearchParams(query));
	const { token, url, transaction_status, error } = exchange.said;
	const { origin } = context.config;
	return {
		reference,
		query,
		api,
		way,
		place,
		token: token ?? null,
		url: url && /^https?:/.test(url) ? url : null,
		status: transaction_status ?? null,
		error: error ?? null,
		access: access && showExchange(origin, access.call, access.exchange),
		exchange: showExchange(origin, call, exchange),
		decisions: decisions.map((made) => showExchange(origin, made.call, made.exchange)),
		webhooks: webhooks.map(({ number, at, headers, body }) => ({ number, at, headers, body }))
	};
}

function showExchange(origin: string, call: Sent, exchange: Exchange): ShownExchange {
	const { status, tookMs, answer } = exchange;
	return { path: call.path, call: showCall(origin, call), status, tookMs, answer: indent(answer) };
}

/** JSON as people read it; what is none stays as it came. */
function indent(text: string): string {
	try {
		return JSON.stringify(JSON.parse(text), null, 2);
	} catch {
		return text;
	}
}
