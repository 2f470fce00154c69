import { expect, test } from 'vitest';
import {
	attemptTransitions,
	isFinal,
	mayBecome,
	transitions,
	type State
} from '../../src/lib/server/payments/states';

function reachable(table: Record<string, readonly string[]>, start: string): Set<string> {
	const seen = new Set([start]);
	for (const state of seen) for (const next of table[state] ?? []) seen.add(next);
	return seen;
}

test('every state is reached from the first', () => {
	expect(reachable(transitions, 'created')).toEqual(new Set(Object.keys(transitions)));
	expect(reachable(attemptTransitions, 'sent')).toEqual(new Set(Object.keys(attemptTransitions)));
});

test('a final state leads nowhere', () => {
	const states = Object.keys(transitions) as State[];
	const final = states.filter(isFinal);
	expect(final.sort()).toEqual(['canceled', 'declined', 'expired', 'succeeded']);
	for (const from of final) for (const to of states) expect(mayBecome(from, to)).toBe(false);
});

test('an undecided payment neither expires nor is canceled', () => {
	expect(mayBecome('pending', 'expired')).toBe(false);
	expect(mayBecome('pending', 'canceled')).toBe(false);
});
