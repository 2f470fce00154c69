import { endpoint, refuseMethod } from '$lib/server/api-cashier';
import { readDecision } from '$lib/server/api-cashier/requests';
import { viewApproved } from '$lib/server/api-cashier/views';
import { json } from '$lib/server/http/endpoint';
import { approveWithdrawal } from '$lib/server/payments/decide-withdrawal';
import { findPayment } from '$lib/server/payments/find-payment';

/** The merchant lets a requested payout go. Doing it again changes nothing. */
export const POST = endpoint(async (caller, call) => {
	const { context } = caller;
	const { transactionId } = readDecision(call.json);
	const payment = await findPayment(context, caller, transactionId, 'withdrawal');
	return json(viewApproved(await approveWithdrawal(context, payment)));
});

export const fallback = refuseMethod;
