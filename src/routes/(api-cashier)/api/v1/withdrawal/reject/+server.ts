import { endpoint, refuseMethod } from '$lib/server/api-cashier';
import { readDecision } from '$lib/server/api-cashier/requests';
import { json } from '$lib/server/http/endpoint';
import { rejectWithdrawal } from '$lib/server/payments/decide-withdrawal';
import { findPayment } from '$lib/server/payments/find-payment';

/** The merchant turns a requested payout down. Doing it again changes nothing. */
export const POST = endpoint(async (caller, call) => {
	const { context } = caller;
	const { transactionId } = readDecision(call.json);
	await rejectWithdrawal(context, await findPayment(context, caller, transactionId, 'withdrawal'));
	return json({});
});

export const fallback = refuseMethod;
