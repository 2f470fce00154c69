import { endpoint, refuseMethod } from '$lib/server/api-cashier';
import { readDateRange } from '$lib/server/api-cashier/queries';
import { streamTransactions } from '$lib/server/api-cashier/views';
import { describeError } from '$lib/server/log/describe-error';
import { listPayments } from '$lib/server/payments/list-payments';

/** The transactions of some days, newest first, sent page by page as they are read. */
export const GET = endpoint(async ({ context, ...owner }, { url, requestId }) => {
	const range = readDateRange(url, context.clock.now());
	return streamTransactions(listPayments(context, owner, range), (error) =>
		context.log.error('a list broke off', { requestId, error: describeError(error) })
	);
});

export const fallback = refuseMethod;
