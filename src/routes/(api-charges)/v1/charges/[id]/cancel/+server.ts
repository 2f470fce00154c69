import { endpoint, refuseMethod } from '$lib/server/api-charges';
import { describeCharge, findCharge } from '$lib/server/api-charges/charges';
import { readNothing } from '$lib/server/api-charges/requests';
import { json } from '$lib/server/http/endpoint';
import { cancelForMerchant } from '$lib/server/payments/cancel-payment';

/** Cancels a charge with which nobody has begun; to say it again changes nothing. */
export const POST = endpoint(
	async (caller, { params, json: body }) => {
		readNothing(body);
		const payment = await findCharge(caller, params.id);
		return json(await describeCharge(caller, await cancelForMerchant(caller.context, payment)));
	},
	{ mayBeEmpty: true }
);

export const fallback = refuseMethod;
