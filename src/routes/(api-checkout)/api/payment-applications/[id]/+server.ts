import { endpoint, refuseMethod } from '$lib/server/api-checkout';
import { findOwnApplication } from '$lib/server/api-checkout/applications';
import { readApplicationChange } from '$lib/server/api-checkout/requests';
import { viewApplication } from '$lib/server/api-checkout/views';
import { json } from '$lib/server/http/endpoint';
import {
	changePaymentApplication,
	deletePaymentApplication
} from '$lib/server/merchants/write-payment-applications';

export const GET = endpoint('oauth2', async (caller, { params }) =>
	json({ data: viewApplication(await findOwnApplication(caller, params)) })
);

/** Changes what the body names. */
export const PUT = endpoint('oauth2', async (caller, { params, json: body }) => {
	const application = await findOwnApplication(caller, params);
	const change = await readApplicationChange(caller, body);
	await changePaymentApplication(caller.context, caller, application, change);
	return json({ data: viewApplication(await findOwnApplication(caller, params)) });
});

/** Its tokens stop with it; its payments go on, and their webhooks are still sent. */
export const DELETE = endpoint('oauth2', async (caller, { params }) => {
	const application = await findOwnApplication(caller, params);
	return json({
		data: viewApplication(await deletePaymentApplication(caller.context, application))
	});
});

export const fallback = refuseMethod;
