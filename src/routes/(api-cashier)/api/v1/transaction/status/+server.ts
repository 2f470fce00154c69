import { endpoint, refuseMethod } from '$lib/server/api-cashier';
import { readTransactionId } from '$lib/server/api-cashier/queries';
import { viewTransactionStatus } from '$lib/server/api-cashier/views';
import { json } from '$lib/server/http/endpoint';
import { findPayment } from '$lib/server/payments/find-payment';

/** How one transaction stands, by our id or by the merchant's tracking id. */
export const GET = endpoint(async (caller, { url }) => {
	const payment = await findPayment(caller.context, caller, readTransactionId(url));
	return json(viewTransactionStatus(payment));
});

export const fallback = refuseMethod;
