import { refuseMethod, tokenEndpoint } from '$lib/server/api-charges';
import { refuseGrant } from '$lib/server/api-charges/errors';
import { issueToken } from '$lib/server/api-charges/tokens';
import { json } from '$lib/server/http/endpoint';
import { limitTokenCalls } from '$lib/server/http/rate-limits';
import { readClientCredentials } from '$lib/server/http/read-client-credentials';

/** Gives an access token for a client's credentials. */
export const POST = tokenEndpoint(async ({ locals, request, getClientAddress }) => {
	const { context, requestId } = locals;
	await limitTokenCalls(context, getClientAddress());
	const { grantType, ...credentials } = await readClientCredentials(request);
	if (grantType !== null && grantType !== 'client_credentials') return refuseGrant(requestId);
	return json(await issueToken(context, credentials));
});

export const fallback = refuseMethod;
