import { expect, test } from 'vitest';
import {
	attemptTransitions,
	isFinal,
	mayBecome,
	transitions,
	type State
} from '../../src/lib/server/payments/states';

function reachable(table: Partial<Record<string, readonly string[]>>, start: string): Set<string> {
	const seen = new Set([start]);
	for (const state of seen) for (const next of table[state] ?? []) seen.add(next);
	return seen;
}

const intents = ['deposit', 'withdrawal'] as const;

test.each(intents)('every state of a %s is reached from the first', (intent) => {
	const table = transitions[intent];
	expect(reachable(table, 'created')).toEqual(new Set(Object.keys(table)));
});

test('every state of an attempt is reached from the first', () => {
	expect(reachable(attemptTransitions, 'sent')).toEqual(new Set(Object.keys(attemptTransitions)));
});

test.each(intents)('a final state of a %s leads nowhere, and no other is a dead end', (intent) => {
	for (const [from, next] of Object.entries(transitions[intent])) {
		expect([from, isFinal(from as State)]).toEqual([from, next.length === 0]);
	}
});

test('an undecided payment neither expires nor is canceled', () => {
	for (const intent of intents) {
		expect(mayBecome(intent, 'pending', 'expired')).toBe(false);
		expect(mayBecome(intent, 'pending', 'canceled')).toBe(false);
	}
});

test('a withdrawal that was decided is not decided again', () => {
	for (const to of ['approved', 'rejected', 'canceled'] as const) {
		expect(mayBecome('withdrawal', 'approved', to)).toBe(false);
		expect(mayBecome('withdrawal', 'rejected', to)).toBe(false);
	}
});
