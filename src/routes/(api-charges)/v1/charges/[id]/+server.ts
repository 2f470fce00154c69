import { endpoint, refuseMethod } from '$lib/server/api-charges';
import { describeCharge, findCharge } from '$lib/server/api-charges/charges';
import { json } from '$lib/server/http/endpoint';

/** One charge. */
export const GET = endpoint(async (caller, { params }) =>
	json(await describeCharge(caller, await findCharge(caller, params.id)))
);

export const fallback = refuseMethod;
