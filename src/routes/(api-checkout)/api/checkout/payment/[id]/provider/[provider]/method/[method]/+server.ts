import { linkedEndpoint, refuseMethod } from '$lib/server/api-checkout';
import { viewInstructions } from '$lib/server/api-checkout/view-instructions';
import { json } from '$lib/server/http/endpoint';
import { startInstructions } from '$lib/server/sessions/start-instructions';

/** How to pay by a method that is paid elsewhere, for the payer who holds the link. */
export const GET = linkedEndpoint(async ({ context, payment }, { params }) => {
	const { provider = '', method = '' } = params;
	const instructed = await startInstructions(context, payment, { provider, method });
	return json({ data: viewInstructions(context, instructed) });
});

export const fallback = refuseMethod;
