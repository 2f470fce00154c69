import type { BusinessError, ErrorCode } from '$lib/server/errors';
import type { ErrorAnswer } from './answers';

/** apis/checkout.md, *Errors*. */
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

/** Words of this API where the core's are another's. */
const messages: Partial<Record<ErrorCode, string>> = {
	unauthenticated: 'Unauthenticated',
	insufficient_scope: 'Insufficient permissions',
	reference_reused: 'This reference belongs to another payment, which is open or paid',
	invalid: 'The given data was invalid'
};

/** A refusal as `{message, errors?, scope?}`. */
export function viewError(error: BusinessError): Response {
	const { code, details } = error;
	const status = statuses[code];
	const headers = new Headers({ 'content-type': 'application/json' });
	if (details.retryAfterSeconds !== undefined) {
		headers.set('retry-after', String(details.retryAfterSeconds));
	}
	if (status === 401) headers.set('www-authenticate', 'Bearer realm="Cashdesk"');
	const body: ErrorAnswer = {
		message: messages[code] ?? error.message,
		...(status === 422 && { errors: faultsIn(error) }),
		...(code === 'insufficient_scope' && { scope: details.scope })
	};
	return new Response(JSON.stringify(body), { status, headers });
}

/** Every faulty field with the rules that it breaks. */
function faultsIn({ code, message, details }: BusinessError): Record<string, string[]> {
	const faults =
		code === 'idempotency_mismatch'
			? [{ field: 'Idempotency-Key', message }]
			: (details.fields ?? []);
	const byField = Map.groupBy(faults, ({ field }) => field);
	return Object.fromEntries(
		[...byField].map(([field, broken]) => [field, broken.map((fault) => fault.message)])
	);
}
