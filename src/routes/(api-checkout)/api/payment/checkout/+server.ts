import { endpoint, refuseMethod } from '$lib/server/api-checkout';
import { checkoutUrl } from '$lib/server/api-checkout/link';
import { readCheckout } from '$lib/server/api-checkout/requests';
import { json } from '$lib/server/http/endpoint';
import { openSession, type OpenedSession } from '$lib/server/sessions/open-session';

/** Opens a payment and gives the signed address of its page. */
export const POST = endpoint(
	'payments.create',
	async (caller, call) => {
		const { context } = caller;
		const { application, order } = await readCheckout(caller, call.json);
		const view = (opened: OpenedSession) => ({
			data: { checkoutUrl: checkoutUrl(context, opened), id: opened.transactionId }
		});
		const opened = await openSession(context, application, order, {
			id: call.resourceId,
			insert: (rows, session) => call.insert(rows, view(session))
		});
		return json(view(opened));
	},
	{ inOneInsert: true }
);

export const fallback = refuseMethod;
