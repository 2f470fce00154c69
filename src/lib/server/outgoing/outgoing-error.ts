/**
 * Why a request brought no answer. `refused`: it broke a rule of ours, and nothing was sent.
 * `unreachable`: no connection was made, in time or at all, and surely nothing was sent either.
 * After `timeout`, `connection` and `unreadable` nobody knows whether the other side acted.
 */
export type OutgoingErrorKind = 'refused' | 'unreachable' | 'timeout' | 'connection' | 'unreadable';

/** Thrown by the guarded fetch. Its message names neither path nor query, which may hold secrets. */
export class OutgoingError extends Error {
	override readonly name = 'OutgoingError';
	readonly kind: OutgoingErrorKind;

	constructor(kind: OutgoingErrorKind, message: string, cause?: unknown) {
		super(message, cause === undefined ? undefined : { cause });
		this.kind = kind;
	}
}
