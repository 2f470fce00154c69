/**
 * The states of a transaction and of an attempt, as data. architecture.md, *The core's model*.
 * Only advance-transaction.ts changes a state, by compare-and-set, and only along this table.
 */
export const transitions = {
	created: [
		'created',
		'action_required',
		'pending',
		'succeeded',
		'declined',
		'canceled',
		'expired'
	],
	action_required: ['pending', 'created', 'succeeded', 'declined', 'canceled', 'expired'],
	pending: ['action_required', 'created', 'succeeded', 'declined'],
	succeeded: [],
	declined: [],
	canceled: [],
	expired: []
} as const satisfies Record<string, readonly string[]>;

/** `created → created` is a declined try: the payer may try again, and an event says what happened. */
export type State = keyof typeof transitions;

export function mayBecome(from: State, to: State): boolean {
	return (transitions[from] as readonly State[]).includes(to);
}

export function isFinal(state: State): boolean {
	return transitions[state].length === 0;
}

export const attemptTransitions = {
	sent: ['action_required', 'succeeded', 'declined', 'canceled'],
	action_required: ['sent', 'succeeded', 'declined', 'canceled'],
	succeeded: [],
	declined: [],
	canceled: []
} as const satisfies Record<string, readonly string[]>;

/** `sent`: the provider may know of it and its outcome is unknown (docs/decisions/0003). */
export type AttemptState = keyof typeof attemptTransitions;

/** An attempt that may still bring money; one at a time for a transaction. */
export const openAttemptStates = ['sent', 'action_required'] as const;

export function isOpenAttempt(state: AttemptState): boolean {
	return attemptTransitions[state].length > 0;
}
