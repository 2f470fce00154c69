import { linkedEndpoint, refuseMethod } from '$lib/server/api-checkout';
import { viewMethod } from '$lib/server/api-checkout/view-instructions';
import { json } from '$lib/server/http/endpoint';
import { methodsOf } from '$lib/server/sessions/start-instructions';

/** The ways to pay, for the payer who holds the link. */
export const GET = linkedEndpoint(async ({ context, payment }) => {
	const { methods } = await methodsOf(context, payment);
	return json({ data: methods.map(viewMethod) });
});

export const fallback = refuseMethod;
