import type { BusinessError, ErrorCode } from '$lib/server/errors';
import type { ErrorAnswer } from './answers';

/** apis/cashier.md, *Errors*. */
export const statuses: Record<ErrorCode, number> = {
	unreadable: 400,
	unauthenticated: 401,
	wrong_mode: 403,
	live_disabled: 403,
	insufficient_scope: 403,
	link_invalid: 403,
	link_expired: 410,
	not_found: 404,
	method_not_allowed: 405,
	reference_reused: 409,
	in_progress: 409,
	already_decided: 409,
	not_requested: 409,
	not_refundable: 409,
	not_cancelable: 409,
	too_large: 413,
	unsupported_content_type: 415,
	invalid: 422,
	idempotency_mismatch: 422,
	rate_limited: 429,
	internal: 500
};

/** A refusal as `{error, code, errors?, request_id}`. */
export function viewError({ code, message, details }: BusinessError, requestId: string): Response {
	const headers = new Headers({ 'content-type': 'application/json' });
	if (details.retryAfterSeconds !== undefined) {
		headers.set('retry-after', String(details.retryAfterSeconds));
	}
	const { fields: errors } = details;
	const body: ErrorAnswer = { error: message, code, errors, request_id: requestId };
	return new Response(JSON.stringify(body), { status: statuses[code], headers });
}
