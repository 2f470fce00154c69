import type { Context } from '$lib/server/context';
import { callCashdesk } from './call-cashdesk';
import { keepOrder, type Exchange, type Sent } from './orders';

/** A new order's id: 128 random bits, since an order's page is open to whoever knows it. */
export function newReference({ random }: Context): string {
	return `pelican-${random.bytes(16).toString('base64url')}`;
}

/** Asks Cashdesk for what an order needs, and remembers `kept` of the call and what was said. */
export async function sendOrder(
	context: Context,
	order: { reference: string; query: string; call: Sent; kept: Sent }
): Promise<Exchange> {
	const { reference, query, call, kept } = order;
	const exchange = await callCashdesk(context, call);
	keepOrder(context, { reference, query, call: kept, exchange });
	return exchange;
}
