import { BusinessError, type ErrorCode } from '$lib/server/errors';
import type { ErrorAnswer } from './answers';

/** Status and code of each refusal; apis/charges.md, *Errors*. */
export const refusals: Record<ErrorCode, readonly [status: number, code: string]> = {
	unreadable: [400, 'unreadable'],
	unauthenticated: [401, 'invalid_token'],
	wrong_mode: [403, 'wrong_mode'],
	live_disabled: [403, 'live_disabled'],
	insufficient_scope: [403, 'insufficient_scope'],
	link_invalid: [403, 'link_invalid'],
	link_expired: [410, 'link_expired'],
	not_found: [404, 'not_found'],
	method_not_allowed: [405, 'method_not_allowed'],
	reference_reused: [409, 'reference_reused'],
	in_progress: [409, 'in_progress'],
	already_decided: [409, 'already_decided'],
	not_requested: [409, 'not_requested'],
	not_refundable: [409, 'not_refundable'],
	not_cancelable: [409, 'not_cancelable'],
	too_large: [413, 'too_large'],
	unsupported_content_type: [415, 'unsupported_content_type'],
	invalid: [422, 'invalid'],
	idempotency_mismatch: [422, 'idempotency_mismatch'],
	rate_limited: [429, 'rate_limited'],
	internal: [500, 'internal']
};

/** A refusal as `{error: {type, code, message, param?, request_id}}`. */
export function viewError(error: BusinessError, requestId: string): Response {
	const [status, code] = refusals[error.code];
	const challenge =
		status === 401 ? 'Bearer realm="Charges API", error="invalid_token"' : undefined;
	return refusal(error, { requestId, status, code, challenge });
}

/** The same for who asks for a token and has none yet. */
export function viewTokenError(error: BusinessError, requestId: string): Response {
	if (error.code !== 'unauthenticated') return viewError(error, requestId);
	const challenge = 'Basic realm="Charges API"';
	return refusal(error, { requestId, status: 401, code: 'invalid_client', challenge });
}

/** Tokens are given for a client's own credentials and for nothing else (RFC 6749, 4.4). */
export function refuseGrant(requestId: string): Response {
	const fields = [{ field: 'grant_type', message: 'must be client_credentials' }];
	const error = new BusinessError('unreadable', 'No such grant', { fields });
	return refusal(error, { requestId, status: 400, code: 'unsupported_grant_type' });
}

interface Answering {
	requestId: string;
	status: number;
	code: string;
	/** What a caller can prove itself with. */
	challenge?: string;
}

function refusal(
	{ message, details }: BusinessError,
	{ requestId, status, code, challenge }: Answering
): Response {
	const headers = new Headers({ 'content-type': 'application/json' });
	if (challenge) headers.set('www-authenticate', challenge);
	if (details.retryAfterSeconds !== undefined) {
		headers.set('retry-after', String(details.retryAfterSeconds));
	}
	const [first] = details.fields ?? [];
	const body: ErrorAnswer = {
		error: {
			type: typeOf(status),
			code,
			message: first ? `${first.field}: ${first.message}` : message,
			param: first?.field,
			request_id: requestId
		}
	};
	return new Response(JSON.stringify(body), { status, headers });
}

export function typeOf(status: number): ErrorAnswer['error']['type'] {
	if (status === 401 || status === 403) return 'authentication_error';
	if (status === 429) return 'rate_limit_error';
	return status < 500 ? 'invalid_request_error' : 'api_error';
}
