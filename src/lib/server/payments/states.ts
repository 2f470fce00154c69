import type { Intent } from '$lib/server/db/schema';

export type State =
	| 'created'
	| 'action_required'
	| 'pending'
	| 'requested'
	| 'approved'
	| 'succeeded'
	| 'declined'
	| 'canceled'
	| 'expired'
	| 'rejected'
	| 'failed';

type Transitions = Partial<Record<State, readonly State[]>>;

/**
 * The states of a transaction as data, by its intent. architecture.md, *The core's model*.
 * Only advance-transaction.ts changes a state, by compare-and-set, and only along this table.
 * `created → created` is a declined try: the payer may try again, and an event says what happened.
 */
export const transitions: Record<Intent, Transitions> = {
	deposit: {
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
	},
	withdrawal: {
		created: ['requested', 'canceled', 'expired'],
		requested: ['approved', 'rejected', 'canceled'],
		approved: ['pending', 'succeeded', 'failed'],
		pending: ['succeeded', 'failed'],
		succeeded: [],
		rejected: [],
		canceled: [],
		expired: [],
		failed: []
	}
};

export function mayBecome(intent: Intent, from: State, to: State): boolean {
	return transitions[intent][from]?.includes(to) ?? false;
}

const finalStates: readonly State[] = [
	'succeeded',
	'declined',
	'canceled',
	'expired',
	'rejected',
	'failed'
];

/** Whether nothing can follow; the same for both intents. */
export function isFinal(state: State): boolean {
	return finalStates.includes(state);
}

/** The final states in which no money was moved, so that limits and references are free again. */
export function isUnpaid(state: State): boolean {
	return isFinal(state) && state !== 'succeeded';
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
