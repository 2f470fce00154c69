import { endpoint, refuseMethod } from '$lib/server/api-cashier';
import { readWithdrawalRequest } from '$lib/server/api-cashier/requests';
import { viewOpenedSession } from '$lib/server/api-cashier/views';
import { json } from '$lib/server/http/endpoint';
import { openSession } from '$lib/server/sessions/open-session';

/** Opens a withdrawal cashier; the token leads the payer to `/pay/{token}`. */
export const POST = endpoint(
	async (caller, call) => {
		const order = await readWithdrawalRequest(caller, call.json);
		const opened = await openSession(caller.context, caller.application, order, {
			id: call.resourceId,
			insert: (rows, session) => call.insert(rows, viewOpenedSession(session))
		});
		return json(viewOpenedSession(opened));
	},
	{ inOneInsert: true }
);

export const fallback = refuseMethod;
