import { newId } from '$lib/server/context';
import { endpoint, refuseMethod } from '$lib/server/api-checkout';
import { findOwnApplication } from '$lib/server/api-checkout/applications';
import { readNewApplication } from '$lib/server/api-checkout/requests';
import { viewApplication } from '$lib/server/api-checkout/views';
import { json } from '$lib/server/http/endpoint';
import { readPaymentApplications } from '$lib/server/merchants/read-payment-applications';
import { createPaymentApplication } from '$lib/server/merchants/write-payment-applications';

/** The applications of the merchant, oldest first. */
export const GET = endpoint('oauth2', async (caller) => {
	const applications = await readPaymentApplications(caller.context, caller);
	return json({ data: applications.map(viewApplication) });
});

export const POST = endpoint('oauth2', async (caller, call) => {
	const { context } = caller;
	const wanted = await readNewApplication(caller, call.json);
	const id = call.resourceId ?? newId(context);
	await createPaymentApplication(context, caller, { id, ...wanted });
	return json({ data: viewApplication(await findOwnApplication(caller, { id })) }, 201);
});

export const fallback = refuseMethod;
