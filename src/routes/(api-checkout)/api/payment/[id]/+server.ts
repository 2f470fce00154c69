import { endpoint, refuseMethod } from '$lib/server/api-checkout';
import { findOwnPayment, readPaymentView } from '$lib/server/api-checkout/payments';
import { json } from '$lib/server/http/endpoint';

/** One payment as it stands. */
export const GET = endpoint('payments.get', async (caller, { params }) => {
	const payment = await findOwnPayment(caller, params);
	return json({ data: await readPaymentView(caller.context, payment) });
});

export const fallback = refuseMethod;
