import { endpoint, refuseMethod } from '$lib/server/api-cashier';
import { readS2sRequest } from '$lib/server/api-cashier/requests';
import { viewServerPayment } from '$lib/server/api-cashier/views';
import { json } from '$lib/server/http/endpoint';
import { payAtOnce } from '$lib/server/sessions/pay-at-once';

/** Charges a card that the merchant's own form took. */
export const POST = endpoint(async (caller, call) => {
	const { context, application } = caller;
	const { order, method, card, routingSetId } = await readS2sRequest(caller, call.json);
	const means = { kind: 'card', card, keep: false } as const;
	const way = { id: call.resourceId, method, means, routingSetId };
	const paid = await payAtOnce(context, application, order, way);
	return json(viewServerPayment(paid, context.config.origin));
});

export const fallback = refuseMethod;
