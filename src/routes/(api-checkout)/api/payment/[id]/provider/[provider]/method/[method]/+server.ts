import { endpoint, refuseMethod } from '$lib/server/api-checkout';
import { findOwnPayment } from '$lib/server/api-checkout/payments';
import { viewInstructions } from '$lib/server/api-checkout/view-instructions';
import { json } from '$lib/server/http/endpoint';
import { startInstructions } from '$lib/server/sessions/start-instructions';

/** How to pay by a method that is paid elsewhere, for the merchant's server to tell its payer. */
export const GET = endpoint('payments.user-instructions.get', async (caller, { params }) => {
	const { context } = caller;
	const { provider = '', method = '' } = params;
	const payment = await findOwnPayment(caller, params);
	const instructed = await startInstructions(context, payment, { provider, method });
	return json({ data: viewInstructions(context, instructed) });
});

export const fallback = refuseMethod;
