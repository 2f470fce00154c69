import { describe, expect, test } from 'vitest';
import { findFaults, type Books } from './compare';
import type { Arrival } from './receiver';
import type { Remembered } from './traffic';

/** One payment that was declined once and then paid, and all that should be found of it. */
function goodBooks() {
	const delivery = (id: string, kind: string) => ({
		id,
		transaction_id: 't1',
		state: kind === 'succeeded' ? 'delivered' : 'silent',
		kind,
		snapshot: '{}'
	});
	const attempt = { transaction_id: 't1', amount: 500, currency: 'EUR' };
	const books: Books = {
		transactions: [{ id: 't1', reference: 'r1', state: 'succeeded', amount: 500, tries: 2 }],
		attempts: [
			{ ...attempt, id: 'a1', state: 'declined' },
			{ ...attempt, id: 'a2', state: 'succeeded' }
		],
		charges: [
			{ attempt_id: 'a1', state: 'declined', amount: 500, currency: 'EUR', charges: 0 },
			{ attempt_id: 'a2', state: 'succeeded', amount: 500, currency: 'EUR', charges: 1 }
		],
		deliveries: [delivery('d1', 'created'), delivery('d2', 'try_sent'), delivery('d3', 'succeeded')]
	};
	const arrival = { id: 'd3', transactionId: 't1', status: 'successful', amount: '5.00' };
	const arrivals: Arrival[] = [
		{ ...arrival, taken: false },
		{ ...arrival, taken: true }
	];
	const remembered: Remembered = { amount: 500, token: 'x', lastShown: 'succeeded' };
	return { books, receiver: { arrivals, forged: [] as string[] }, remembered };
}

type Good = ReturnType<typeof goodBooks>;

function faultsAfter(spoil: (good: Good) => void): string[] {
	const good = goodBooks();
	spoil(good);
	return findFaults(good.books, good.receiver, new Map([['r1', good.remembered]]));
}

/** The element of a list that the scene is known to have. */
function at<Value>(list: Value[], index: number): Value {
	const value = list[index];
	if (value === undefined) throw new Error(`There is no element ${index}`);
	return value;
}

describe('the comparison of the books', () => {
	test('finds nothing where all is well', () => {
		expect(faultsAfter(() => undefined)).toEqual([]);
	});

	test.each<[what: string, spoil: (good: Good) => void]>([
		['a second charge', ({ books }) => (at(books.charges, 1).charges = 2)],
		['a charge for a declined attempt', ({ books }) => (at(books.charges, 0).charges = 1)],
		['a charge of another amount', ({ books }) => (at(books.charges, 1).amount = 501)],
		['a charge in another currency', ({ books }) => (at(books.charges, 1).currency = 'USD')],
		[
			'a charge that is booked as declined',
			({ books }) => (at(books.attempts, 1).state = 'declined')
		],
		[
			'a decline that is booked as paid',
			({ books }) => (at(books.attempts, 0).state = 'succeeded')
		],
		['an attempt that nobody decided', ({ books }) => (at(books.attempts, 0).state = 'sent')],
		['a charge that nobody ordered', ({ books }) => books.attempts.splice(0, 1)],
		['a payment that never reached the acquirer', ({ books }) => books.charges.splice(1, 1)],
		['a paid payment that is open', ({ books }) => (at(books.transactions, 0).state = 'created')],
		['a try that was not counted', ({ books }) => (at(books.transactions, 0).tries = 1)],
		['a lost session', ({ books }) => (at(books.transactions, 0).reference = 'other')],
		['another amount than was ordered', ({ remembered }) => (remembered.amount = 499)],
		[
			'a second transaction for an order',
			({ books }) =>
				books.transactions.push({
					...at(books.transactions, 0),
					id: 't2',
					state: 'created',
					tries: 0
				})
		],
		['a webhook that is still waiting', ({ books }) => (at(books.deliveries, 2).state = 'waiting')],
		['a webhook that nobody took', ({ receiver }) => receiver.arrivals.splice(1, 1)],
		[
			'a webhook that said something else',
			({ receiver }) => (at(receiver.arrivals, 1).status = 'pending')
		],
		['a webhook without an event', ({ receiver }) => (at(receiver.arrivals, 0).id = 'd9')],
		['an unsigned webhook', ({ receiver }) => receiver.forged.push('x')]
	])('finds %s', (_, spoil) => {
		expect(faultsAfter(spoil)).not.toEqual([]);
	});
});
