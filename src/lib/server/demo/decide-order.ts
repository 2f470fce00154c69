import type { Context } from '$lib/server/context';
import { callCashdesk } from './call-cashdesk';
import { findOrder, keepDecision, type Sent } from './orders';

/**
 * Tells Cashdesk the shop's decision on a payout, by the transaction's id that its webhook brought;
 * before there was one, by the shop's own id of the order. False: the shop knows no such order.
 */
export async function decideOrder(
	context: Context,
	reference: string,
	callFor: (transactionId: string) => Sent
): Promise<boolean> {
	const order = findOrder(context, reference);
	if (!order) return false;
	const call = callFor(transactionOf(order.webhooks[0]?.body) ?? reference);
	const exchange = await callCashdesk(context, call);
	keepDecision(context, reference, { call, exchange });
	return true;
}

/** The body was verified when it came. */
function transactionOf(webhook: string | undefined): string | undefined {
	if (webhook === undefined) return undefined;
	return (JSON.parse(webhook) as { transaction_id: string }).transaction_id;
}
