import { newId } from '$lib/server/context';
import { endpoint, refuseMethod } from '$lib/server/api-checkout';
import { findOwnApplication } from '$lib/server/api-checkout/applications';
import { readNewToken } from '$lib/server/api-checkout/requests';
import { viewNewToken, viewToken } from '$lib/server/api-checkout/views';
import { json } from '$lib/server/http/endpoint';
import { createClientToken, listClientTokens } from '$lib/server/merchants/client-tokens';

/** The client tokens of an application, without their texts. */
export const GET = endpoint('oauth2', async (caller, { params }) => {
	const { context, mode } = caller;
	const { id: applicationId } = await findOwnApplication(caller, params);
	const tokens = await listClientTokens(context, { applicationId, mode });
	return json({ data: tokens.map(viewToken) });
});

/** Makes a client token; this answer alone has its text. */
export const POST = endpoint('oauth2', async (caller, call) => {
	const { context, mode } = caller;
	const { id: applicationId } = await findOwnApplication(caller, call.params);
	const wanted = readNewToken(caller, call.json);
	const id = call.resourceId ?? newId(context);
	const { token, text } = await createClientToken(
		context,
		{ applicationId, mode },
		{ id, ...wanted }
	);
	return json({ data: viewNewToken(token, text) }, 201);
});

export const fallback = refuseMethod;
