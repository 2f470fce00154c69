import { endpoint, refuseMethod } from '$lib/server/api-cashier';
import { readDateRange } from '$lib/server/api-cashier/queries';
import { streamTransactions } from '$lib/server/api-cashier/views';
import { listPayments } from '$lib/server/payments/list-payments';

/** The transactions of some days, newest first, sent page by page as they are read. */
export const GET = endpoint(async (caller, { url }) => {
	const range = readDateRange(url, caller.context.clock.now());
	const pages = listPayments(caller.context, caller, range);
	return streamTransactions(pages);
});

export const fallback = refuseMethod;
