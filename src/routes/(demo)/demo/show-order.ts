import { showCall } from '$lib/demo-shop/cashier-request';
import type { Context } from '$lib/server/context';
import { findOrder } from '$lib/server/demo/orders';

/** What the console shows of an order; undefined for one that the shop does not know. */
export function showOrder(context: Context, reference: string) {
	const order = findOrder(context, reference);
	if (!order) return undefined;
	const { query, request, exchange, webhooks } = order;
	return {
		reference,
		query,
		token: exchange.token,
		call: showCall(context.config.origin, request),
		answer: { status: exchange.status, tookMs: exchange.tookMs, text: indent(exchange.answer) },
		webhooks: webhooks.map(({ number, at, headers, body }) => ({ number, at, headers, body }))
	};
}

/** JSON as people read it; what is none stays as it came. */
function indent(text: string): string {
	try {
		return JSON.stringify(JSON.parse(text), null, 2);
	} catch {
		return text;
	}
}
