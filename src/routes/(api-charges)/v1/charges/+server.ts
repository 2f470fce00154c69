import { endpoint, refuseMethod } from '$lib/server/api-charges';
import { describeNew, describeOpened, listCharges } from '$lib/server/api-charges/charges';
import { readListQuery } from '$lib/server/api-charges/queries';
import { readChargeRequest } from '$lib/server/api-charges/requests';
import { withLocation } from '$lib/server/api-charges/with-location';
import { json } from '$lib/server/http/endpoint';
import { openSession } from '$lib/server/sessions/open-session';

/** Creates a charge; its `transaction_url` leads the customer to the page. */
export const POST = withLocation(
	endpoint(
		async (caller, call) => {
			const order = await readChargeRequest(caller, call.json);
			const opened = await openSession(caller.context, caller.application, order, {
				id: call.resourceId,
				insert: (rows, session) => call.insert(rows, describeNew(caller, order, session), 201)
			});
			return json(await describeOpened(caller, order, opened), 201);
		},
		{ inOneInsert: true }
	)
);

/** The caller's charges, newest first. */
export const GET = endpoint(async (caller, { url }) =>
	json(await listCharges(caller, readListQuery(url)))
);

export const fallback = refuseMethod;
