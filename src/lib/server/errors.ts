/**
 * Every reason for which the core refuses something. The union is closed: each dialect maps it
 * whole in its errors.ts, so a new word fails the type check until all dialects speak it.
 */
export type ErrorCode =
	| 'unreadable'
	| 'unauthenticated'
	| 'wrong_mode'
	| 'live_disabled'
	| 'insufficient_scope'
	| 'link_invalid'
	| 'link_expired'
	| 'not_found'
	| 'method_not_allowed'
	| 'reference_reused'
	| 'in_progress'
	| 'already_decided'
	| 'not_requested'
	| 'not_refundable'
	| 'not_cancelable'
	| 'idempotency_mismatch'
	| 'too_large'
	| 'unsupported_content_type'
	| 'invalid'
	| 'rate_limited'
	| 'internal';

/** One faulty field: its path as the caller wrote it (`request.customer.dob`) and the rule. */
export interface FieldError {
	field: string;
	message: string;
}

export interface ErrorDetails {
	fields?: FieldError[];
	/** What the caller's key or token would have to be good for. */
	scope?: string;
	/** Seconds until a repeat makes sense. */
	retryAfterSeconds?: number;
}

/** A refusal that the caller can understand and act on. Anything else that is thrown is a defect. */
export class BusinessError extends Error {
	override readonly name = 'BusinessError';
	readonly code: ErrorCode;
	readonly details: ErrorDetails;

	constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
		super(message);
		this.code = code;
		this.details = details;
	}
}
