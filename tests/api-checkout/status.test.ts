import { expect, test } from 'vitest';
import {
	eventNameOf,
	standingAt,
	statusOf,
	type Standing,
	type Status
} from '$lib/server/api-checkout/status';
import { isTold, type EventKind, type EventSnapshot } from '$lib/server/webhooks/event';

const standing = { asked: 1000, received: 0, attested: false, reversed: false };

/** apis/checkout.md, row by row. */
test.each<[Partial<Standing> & Pick<Standing, 'state'>, Status]>([
	[{ state: 'created' }, 'PENDING'],
	[{ state: 'created', received: 1 }, 'PENDING'],
	[{ state: 'action_required' }, 'PENDING'],
	[{ state: 'pending' }, 'PENDING'],
	[{ state: 'action_required', received: 1 }, 'UNDERPAID'],
	[{ state: 'pending', received: 999 }, 'UNDERPAID'],
	[{ state: 'succeeded', received: 1000 }, 'CONFIRMED'],
	[{ state: 'succeeded', received: 400 }, 'CONFIRMED'],
	[{ state: 'succeeded', received: 1001 }, 'OVERPAID'],
	[{ state: 'succeeded', received: 1000, attested: true }, 'RECEIVED'],
	[{ state: 'succeeded', reversed: true }, 'FAILED'],
	[{ state: 'expired' }, 'EXPIRED'],
	[{ state: 'expired', received: 400 }, 'EXPIRED'],
	[{ state: 'canceled' }, 'CANCELLED'],
	[{ state: 'declined' }, 'FAILED']
])('%j is %s', (given, status) => {
	expect(statusOf({ ...standing, ...given })).toBe(status);
});

const snapshot: EventSnapshot = {
	state: 'succeeded',
	amount: 1000,
	currency: 'USD',
	payerReference: null,
	reference: 'r',
	reason: null,
	reasonMessage: null,
	attemptId: null,
	method: null
};

test.each<[EventKind, Partial<EventSnapshot>, ReturnType<typeof eventNameOf>]>([
	['received', { state: 'action_required', receivedAmount: 400 }, 'payment.underpaid'],
	['received', { receivedAmount: 1400 }, 'payment.overpaid'],
	['succeeded', { receivedAmount: 1000 }, 'payment.confirmed'],
	['succeeded', { receivedAmount: 400 }, 'payment.confirmed'],
	['succeeded', { receivedAmount: 1400 }, 'payment.overpaid'],
	['succeeded', { receivedAmount: 1000, attested: true }, 'payment.received'],
	['confirmed', { receivedAmount: 1000 }, 'payment.confirmed'],
	['reversed', { receivedAmount: 0, reversed: true }, 'payment.failed'],
	['money_unapplied', { receivedAmount: 1400 }, 'payment.overpaid'],
	[
		'money_unapplied',
		{ receivedAmount: 1400, unapplied: { amount: 400, currency: 'EUR', rest: true } },
		null
	],
	['money_unapplied', { state: 'expired', receivedAmount: 400 }, null],
	['money_unapplied', { state: 'created', receivedAmount: 400 }, null],
	['expired', { state: 'expired' }, 'payment.expired'],
	['canceled', { state: 'canceled' }, 'payment.cancelled'],
	['declined', { state: 'declined' }, 'payment.failed'],
	['pending', { state: 'pending' }, null]
])('%s with %j tells %s', (kind, given, name) => {
	expect(isTold[kind]).toBe(true);
	const at = { ...snapshot, ...given };
	expect(eventNameOf(kind, statusOf(standingAt(at)), at)).toBe(name);
});
