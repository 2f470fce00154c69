import type { Context } from '$lib/server/context';
import { BusinessError } from '$lib/server/errors';
import { issueAccessToken } from '$lib/server/merchants/access-tokens';
import { findApiClient, type ClientCredentials } from '$lib/server/merchants/api-clients';
import type { Token } from './answers';

/** How long a token is good; apis/charges.md. */
const SECONDS = 3300;

/** Gives a token to a client. Throws `unauthenticated`, the same whichever half is wrong. */
export async function issueToken(context: Context, credentials: ClientCredentials): Promise<Token> {
	const client = await findApiClient(context, 'charges', credentials);
	if (!client) {
		throw new BusinessError('unauthenticated', 'The client is unknown, or its secret is wrong');
	}
	return {
		access_token: await issueAccessToken(context, client, SECONDS),
		token_type: 'Bearer',
		expires_in: SECONDS
	};
}
