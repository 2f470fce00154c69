import { endpoint, refuseMethod } from '$lib/server/api-checkout';
import { viewPayments } from '$lib/server/api-checkout/payments';
import { readPage } from '$lib/server/api-checkout/requests';
import { json } from '$lib/server/http/endpoint';

/** The payments of all the merchant's applications, newest first. */
export const GET = endpoint('oauth2', async (caller, { url }) =>
	json(await viewPayments(caller, readPage(url)))
);

export const fallback = refuseMethod;
