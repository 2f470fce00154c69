import { endpoint, refuseMethod } from '$lib/server/api-checkout';
import { findOwnApplication, revokeOwnToken } from '$lib/server/api-checkout/applications';
import { viewToken } from '$lib/server/api-checkout/views';
import { json } from '$lib/server/http/endpoint';

/** Revokes a client token. */
export const DELETE = endpoint('oauth2', async (caller, { params }) => {
	const application = await findOwnApplication(caller, params);
	return json({ data: viewToken(await revokeOwnToken(caller, application, params)) });
});

export const fallback = refuseMethod;
