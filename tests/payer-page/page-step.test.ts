import { expect, test } from 'vitest';
import { isResult, stepOf } from '../../src/lib/server/payer-page/page-step';
import { versionOf } from '../../src/lib/server/payer-page/version-of';
import type { Attempt, Payment } from '../../src/lib/server/payments/payment';
import type { Session } from '../../src/lib/server/sessions/session';

const endsAt = 1_000_000;
const session = { expiresAt: endsAt } as Session;

type Shape = [state: Payment['state'], attempt?: Attempt['state'], hasAction?: boolean];

function payment([state, attemptState, hasAction = false]: Shape): Payment {
	const action = hasAction ? { type: 'challenge', url: 'https://bank.example/' } : null;
	const attempt = attemptState ? ({ state: attemptState, action } as Attempt) : null;
	return { state, attempt, version: 3 } as Payment;
}

const table: [Shape, before: string, after: string][] = [
	[['created'], 'form', 'expired'],
	[['created', 'declined'], 'form', 'expired'],
	[['created', 'canceled'], 'form', 'expired'],
	// Under way: no second form, and the session's end does not end it.
	[['created', 'sent'], 'waiting', 'waiting'],
	[['pending', 'sent'], 'waiting', 'waiting'],
	[['action_required', 'action_required', true], 'action', 'action'],
	[['action_required', 'action_required'], 'waiting', 'waiting'],
	[['succeeded', 'succeeded'], 'succeeded', 'succeeded'],
	[['declined', 'declined'], 'declined', 'declined'],
	[['canceled'], 'canceled', 'canceled'],
	[['expired'], 'expired', 'expired'],
	// A withdrawal.
	[['requested'], 'requested', 'requested'],
	[['approved'], 'waiting', 'waiting'],
	[['rejected'], 'rejected', 'rejected'],
	[['failed'], 'failed', 'failed']
];

test.each(table)('%j: %s, and %s after the end of the session', (shape, before, after) => {
	expect(stepOf(session, payment(shape), endsAt - 1)).toBe(before);
	expect(stepOf(session, payment(shape), endsAt)).toBe(after);
});

test('the version tells the end of the session too, which is written nowhere', () => {
	const open = payment(['created']);
	const barrier = { opensInMs: null, leaveAfterMs: 5000 };
	const versionAt = (now: number) => versionOf({ session, payment: open, now, barrier });
	expect(versionAt(endsAt - 1)).not.toBe(versionAt(endsAt));
});

test('a try that the merchant’s server makes is waited for: nobody gets a form for it', () => {
	const made = { ...payment(['created']), oneShot: true };
	expect(stepOf(session, made, endsAt - 1)).toBe('waiting');
	expect(stepOf(session, { ...made, state: 'declined' }, endsAt)).toBe('declined');
});

test('a payment whose money did not come in the end is told as declined', () => {
	const reversed = { ...payment(['succeeded', 'succeeded']), reversed: true };
	expect(stepOf(session, reversed, endsAt - 1)).toBe('declined');
});

test('results are those after which nothing changes', () => {
	const steps = ['form', 'waiting', 'action', 'requested', 'failed', 'succeeded'] as const;
	expect(steps.filter(isResult)).toEqual(['failed', 'succeeded']);
});
