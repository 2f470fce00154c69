import type { Context } from '$lib/server/context';
import { BusinessError, type ErrorCode } from '$lib/server/errors';
import { openEndpointFor } from '$lib/server/http/endpoint';
import { limitTokenCalls } from '$lib/server/http/rate-limits';
import { readClientCredentials } from '$lib/server/http/read-client-credentials';
import { issueAccessToken } from '$lib/server/merchants/access-tokens';
import { findApiClient } from '$lib/server/merchants/api-clients';
import type { TokenError } from './answers';

const SECONDS = 3600;

/**
 * Gives an access token for a client's credentials (RFC 6749, 4.4), with the body as JSON or as a
 * form, or the credentials in a header. Refusals are worded as OAuth words them, and for people.
 */
export const grantAccessToken = openEndpointFor({ viewError: refuse })(async (event) => {
	const { context } = event.locals;
	await limitTokenCalls(context, event.getClientAddress());
	return grant(context, event.request);
});

async function grant(context: Context, request: Request): Promise<Response> {
	const { grantType, ...credentials } = await readClientCredentials(request);
	if (grantType !== null && grantType !== 'client_credentials') {
		return answer(400, {
			error: 'unsupported_grant_type',
			message: 'grant_type must be client_credentials'
		});
	}
	const client = await findApiClient(context, 'checkout', credentials);
	if (!client) {
		throw new BusinessError('unauthenticated', 'The client is unknown or its secret is wrong');
	}
	if (client.mode === 'live' && !context.config.live) {
		throw new BusinessError('live_disabled', 'Live clients do not work on this installation');
	}
	return answer(200, {
		access_token: await issueAccessToken(context, client, SECONDS),
		token_type: 'Bearer',
		expires_in: SECONDS
	});
}

const words: Partial<Record<ErrorCode, [status: number, word: TokenError['error']]>> = {
	unauthenticated: [401, 'invalid_client'],
	live_disabled: [403, 'unauthorized_client'],
	too_large: [413, 'invalid_request'],
	unsupported_content_type: [415, 'invalid_request'],
	rate_limited: [429, 'temporarily_unavailable'],
	internal: [500, 'server_error']
};

function refuse({ code, message, details }: BusinessError): Response {
	const [status, error] = words[code] ?? ([400, 'invalid_request'] as const);
	const [fault] = details.fields ?? [];
	const body: TokenError = { error, message: fault ? `${fault.field} ${fault.message}` : message };
	const response = answer(status, body);
	if (status === 401) response.headers.set('www-authenticate', 'Basic realm="Cashdesk"');
	if (details.retryAfterSeconds !== undefined) {
		response.headers.set('retry-after', String(details.retryAfterSeconds));
	}
	return response;
}

/** Tokens are kept by nobody on the way. */
function answer(status: number, body: unknown): Response {
	const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
	return new Response(JSON.stringify(body), { status, headers });
}
