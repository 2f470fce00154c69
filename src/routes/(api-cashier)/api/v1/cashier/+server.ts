import { endpoint, refuseMethod } from '$lib/server/api-cashier';
import { readCashierRequest } from '$lib/server/api-cashier/requests';
import { json } from '$lib/server/http/endpoint';
import { openSession } from '$lib/server/sessions/open-session';

/** Opens a deposit cashier; the token leads the payer to `/pay/{token}`. */
export const POST = endpoint(async (caller, call) => {
	const order = readCashierRequest(caller, call.json);
	const { token } = await openSession(caller.context, caller.application, order, call.resourceId);
	return json({ token });
});

export const fallback = refuseMethod;
