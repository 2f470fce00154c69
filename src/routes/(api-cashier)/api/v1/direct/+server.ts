import { endpoint, refuseMethod } from '$lib/server/api-cashier';
import { readDirectRequest } from '$lib/server/api-cashier/requests';
import { viewDirectPayment } from '$lib/server/api-cashier/views';
import { json } from '$lib/server/http/endpoint';
import { payAtOnce } from '$lib/server/sessions/pay-at-once';

/** Leads a payer to a provider's own page, past the cashier. */
export const POST = endpoint(async (caller, call) => {
	const { order, method, accountId } = await readDirectRequest(caller, call.json);
	const id = call.resourceId;
	const way = { id, method, accountId, means: { kind: 'redirect' } } as const;
	return json(viewDirectPayment(await payAtOnce(caller.context, caller.application, order, way)));
});

export const fallback = refuseMethod;
