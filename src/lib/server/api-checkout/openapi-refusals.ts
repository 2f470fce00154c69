import type { ErrorCode } from '$lib/server/errors';
import type { Refusals } from '$lib/server/http/openapi';
import { answers } from './answers';
import { statuses } from './errors';
import * as examples from './examples';

/** How the Checkout API refuses, for its document. */
export const refusals: Refusals = {
	statuses,
	schemaOf: () => answers.error,
	exampleOf: (code) => examples.refusals[code] ?? { message: code }
};

/** How it refuses who asks for an access token: in OAuth's words, which know no 422. */
export const refusalsOfTokens: Refusals = {
	statuses: { ...statuses, invalid: 400 },
	schemaOf: () => answers.tokenError,
	exampleOf: (code) => examples.tokenRefusals[code] ?? { error: 'server_error', message: code }
};

/** What every call of a merchant's server may be refused by. */
export const bearerCodes: ErrorCode[] = [
	'unauthenticated',
	'insufficient_scope',
	'live_disabled',
	'rate_limited',
	'internal'
];

/** What every call by a checkout's link may be refused by. */
export const linkCodes: ErrorCode[] = ['link_invalid', 'link_expired', 'rate_limited', 'internal'];
