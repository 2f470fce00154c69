import { beforeAll, describe, expect, test } from 'vitest';
import { runSchedule } from '../schedule';
import { openStage } from '../stage';
import type { Memory } from '../world';
import type { Books } from './books';
import { findFaults } from './find-faults';
import { settledSpoils } from './settled-spoils';
import {
	change,
	double,
	isCard,
	isDeposit,
	isOver,
	isPaid,
	isPayout,
	isWithdrawal,
	lose,
	type Spoil
} from './spoil';

interface Scene {
	books: Books;
	memory: Memory;
}

/** Books in which nothing is wrong, of enough schedules for everything to be in some of them. */
const scenes: Scene[] = [];

beforeAll(async () => {
	const stage = await openStage();
	for (let seed = 1; seed <= 150; seed++) {
		const { books, memory, faults } = await runSchedule(stage, seed, { concurrent: false });
		expect(faults).toEqual([]);
		const { arrivals, forged, told } = memory;
		scenes.push(structuredClone({ books, memory: { arrivals, forged, told } }));
	}
	await stage.close();
}, 120_000);

/** The faults in the first books that could be spoiled so. */
function faultsAfter(spoil: Spoil): string[] {
	for (const scene of scenes) {
		const { books, memory } = structuredClone(scene);
		if (spoil(books, memory)) return findFaults(books, memory);
	}
	throw new Error('No schedule has what this would spoil');
}

describe('the comparison of the books', () => {
	test('finds nothing where all is well', () => {
		for (const { books, memory } of scenes) expect(findFaults(books, memory)).toEqual([]);
	});

	test.each<[what: string, spoil: Spoil]>([
		[
			'a second charge',
			({ simulator_payments }) =>
				change(simulator_payments, { charges: 2 }, (one) => isPaid(one) && isCard(one))
		],
		[
			'a charge for a declined attempt',
			({ simulator_payments }) => change(simulator_payments, { charges: 1 }, isOver)
		],
		[
			'a charge of another amount',
			({ simulator_payments }) =>
				change(simulator_payments, { amount: 7 }, (one) => isPaid(one) && isCard(one))
		],
		[
			'a charge in another currency',
			({ simulator_payments }) =>
				change(simulator_payments, { currency: 'JPY' }, (one) => isPaid(one) && isCard(one))
		],
		[
			'a charge that is booked as declined',
			({ attempts }) => change(attempts, { state: 'declined' }, isPaid)
		],
		[
			'a decline that is booked as paid',
			({ attempts }) => change(attempts, { state: 'succeeded' }, isOver)
		],
		['an attempt that nobody decided', ({ attempts }) => change(attempts, { state: 'sent' })],
		['an attempt that is asked about', ({ attempts }) => change(attempts, { ask_at: 1 })],
		['a charge that nobody ordered', ({ attempts }) => lose(attempts)],
		[
			'a payment that never reached the acquirer',
			({ simulator_payments }) => lose(simulator_payments, isPaid)
		],
		['a credit that is not booked', ({ receipts }) => lose(receipts)],
		['a credit that is booked twice', ({ receipts }) => double(receipts, { receipt_id: 'x' })],
		[
			'a credit that is booked with more',
			({ receipts }) => change(receipts, { amount: 10_000_000 })
		],
		[
			'a paid payment that is open',
			({ transactions }) =>
				change(transactions, { state: 'created' }, (one) => isPaid(one) && isDeposit(one))
		],
		[
			'a payment that was not paid and says so',
			({ transactions }) => change(transactions, { state: 'succeeded' }, isOver)
		],
		['a try that was not counted', ({ transactions }) => change(transactions, { tries: 99 })],
		['another amount', ({ transactions }) => change(transactions, { amount: 7 }, isPaid)],
		[
			'a transaction still to expire',
			({ transactions }) => change(transactions, { expires_at: 1 })
		],
		['a transaction still worked on', ({ transactions }) => change(transactions, { work_at: 1 })],
		['a session without a transaction', ({ sessions }) => double(sessions, { id: 'x' })],
		[
			'a second transaction for an order',
			({ transactions }) => double(transactions, { id: 'x', tries: 0 }, isPaid)
		],
		[
			'a payout of a rejected withdrawal',
			({ transactions }) =>
				change(
					transactions,
					{ state: 'rejected' },
					(one) => isWithdrawal(one) && isPaid(one) && one.tries > 0
				)
		],
		[
			'a leg that was paid and is not booked',
			({ payout_legs }) => change(payout_legs, { state: 'failed' }, ({ state }) => state === 'paid')
		],
		[
			'a leg that was forgotten',
			({ payout_legs }) =>
				change(payout_legs, { state: 'waiting' }, ({ state }) => state === 'paid')
		],
		[
			'a leg that was paid twice',
			({ attempts, transactions, simulator_payments }) => {
				const attempt = attempts.find((one) => isPaid(one) && isPayout(one));
				if (!attempt) return false;
				const transaction = transactions.find(({ id }) => id === attempt.transaction_id);
				if (transaction) transaction.tries++;
				attempts.push({ ...attempt, id: 'x' });
				return double(
					simulator_payments,
					{ attempt_id: 'x' },
					({ attempt_id }) => attempt_id === attempt.id
				);
			}
		],
		[
			'a refund that nobody decided',
			({ refunds }) => change(refunds, { state: 'pending' }, isPaid)
		],
		[
			'a refund that moved nothing',
			({ simulator_refunds }) => change(simulator_refunds, { moves: 0 }, isPaid)
		],
		[
			'a second move of a refund',
			({ simulator_refunds }) => change(simulator_refunds, { moves: 2 }, isPaid)
		],
		[
			'a refund that moved and failed',
			({ refunds }) => change(refunds, { state: 'failed' }, isPaid)
		],
		[
			'a refund of another amount',
			({ refunds }) => change(refunds, { provider_amount: 7 }, isPaid)
		],
		['a refund that nobody ordered', ({ refunds }) => lose(refunds, isPaid)],
		[
			'a refund that is not counted',
			({ transactions }) =>
				change(transactions, { refunded_amount: 0 }, ({ refunded_amount }) => refunded_amount > 0)
		],
		[
			'a second refund of one name',
			({ refunds }) => double(refunds, { id: 'x' }, (one) => !isPaid(one) && one.reference !== null)
		],
		[
			'more given back than was paid',
			({ simulator_payments }) =>
				change(simulator_payments, { refunded: 99_000_000 }, ({ refunded }) => refunded > 0)
		],
		...settledSpoils,
		['unapplied money that is forgotten', ({ unapplied_money }) => lose(unapplied_money)],
		[
			'unapplied money that stays',
			({ unapplied_money }) =>
				change(unapplied_money, { state: 'waiting' }, ({ state }) => state === 'returned')
		],
		['a ledger entry that is lost', ({ ledger_entries }) => lose(ledger_entries)],
		['a balance that is wrong', ({ ledger_balances }) => change(ledger_balances, { balance: 1 })],
		['a balance that is lost', ({ ledger_balances }) => lose(ledger_balances)],
		[
			'a posting that is lost',
			({ ledger_entries, ledger_balances }) => {
				const [first] = ledger_entries.filter(({ posting }) => posting.endsWith(':sent'));
				if (!first) return false;
				const isOfIt = (one: typeof first) =>
					one.posting === first.posting && one.transaction_id === first.transaction_id;
				for (const entry of ledger_entries.filter(isOfIt)) {
					const balance = ledger_balances.find(
						(one) =>
							one.account === entry.account &&
							one.currency === entry.currency &&
							one.merchant_id === entry.merchant_id
					);
					if (balance) balance.balance -= entry.amount;
					lose(ledger_entries, (one) => one === entry);
				}
				return true;
			}
		],
		['a limit that counts too much', ({ limit_counters }) => change(limit_counters, { uses: 99 })],
		[
			'a limit that is not counted',
			({ limit_counters }) => lose(limit_counters, ({ uses }) => uses > 0)
		],
		['an event that is lost', ({ events }) => lose(events, ({ version }) => version > 1)],
		['a second event of a change', ({ events }) => double(events, {})],
		['an event of nothing', ({ events }) => double(events, { transaction_id: 'x' })],
		[
			'a last event that says something else',
			({ transactions, events }) => {
				const [first] = transactions;
				const last = events.find(
					({ transaction_id, version }) => transaction_id === first?.id && version === first.version
				);
				if (!last) return false;
				const snapshot = { ...(JSON.parse(last.snapshot) as object), state: 'created' };
				return Object.assign(last, { snapshot: JSON.stringify(snapshot) });
			}
		],
		['a delivery that was never made', ({ webhook_deliveries }) => lose(webhook_deliveries)],
		['a second delivery', ({ webhook_deliveries }) => double(webhook_deliveries, { id: 'x' })],
		[
			'a webhook that is still waiting',
			({ webhook_deliveries }) => change(webhook_deliveries, { state: 'waiting' })
		],
		[
			'a webhook that nobody took',
			(_, { arrivals }) => {
				const id = arrivals.find(({ taken }) => taken)?.id;
				for (const arrival of arrivals) if (arrival.id === id) arrival.taken = false;
				return id;
			}
		],
		['a webhook that said something else', (_, { arrivals }) => change(arrivals, { body: '{}' })],
		['a webhook without an event', (_, { arrivals }) => double(arrivals, { id: 'x' })],
		['an unsigned webhook', (_, { forged }) => forged.push('x')],
		[
			'a notification nobody looked at',
			({ notifications }) => change(notifications, { processed_at: null })
		],
		['a promise that does not hold', (_, { told }) => change(told, { states: ['created'] })],
		['a promise about nothing', (_, { told }) => change(told, { transactionId: 'x' })]
	])('finds %s', (_, spoil) => {
		expect(faultsAfter(spoil)).not.toEqual([]);
	});
});
