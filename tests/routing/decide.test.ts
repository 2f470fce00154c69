import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, type Candidate } from '$lib/server/routing/decide';
import { drawOrder } from '$lib/server/routing/draw-order';
import { reasonsInOrder, type LeftOut } from '$lib/server/routing/decision';
import type { Rule } from '$lib/server/routing/rule';
import { asked, someAccount } from './some-account';

const candidate = (id: number, because: LeftOut | null = null, converts = false): Candidate => ({
	account: someAccount(id),
	because,
	converts
});

const toAll = (...ids: number[]): Rule => ({
	name: `to ${ids.join(' and ')}`,
	when: {},
	choices: ids.map((account) => [{ account, weight: 1 }]),
	onFailure: { next: true, limit: 10 }
});

function decideBy(rules: Rule[] | null, candidates: Candidate[], transactionId = 'one') {
	const set = rules && { id: 210, name: 'Main', rules };
	return decide({ ...asked, transactionId }, candidates, { set, tags: [] });
}

const idsOf = (order: Candidate[]) => order.map(({ account }) => account.id);

describe('without a rule', () => {
	test('all usable accounts, without conversion first, then oldest first, three at most', () => {
		const all = [
			candidate(1, null, true),
			candidate(2, 'country'),
			candidate(3),
			candidate(4, null, true),
			candidate(5)
		];
		const { order, explanation } = decideBy(null, all);
		expect(idsOf(order)).toEqual([3, 5, 1]);
		expect(explanation).toEqual({
			set: null,
			rule: null,
			skipped: [],
			accounts: [
				{ id: 3, name: 'Account 3', verdict: 'first', because: null },
				{ id: 5, name: 'Account 5', verdict: 'next', because: null },
				{ id: 1, name: 'Account 1', verdict: 'next', because: null },
				{ id: 4, name: 'Account 4', verdict: 'beyond_limit', because: null },
				{ id: 2, name: 'Account 2', verdict: 'left_out', because: 'country' }
			]
		});
	});

	test('nobody usable: no choice, and it says why', () => {
		const { order, explanation } = decideBy([toAll(1)], [candidate(1, 'maintenance')]);
		expect(order).toEqual([]);
		expect(explanation).toMatchObject({
			set: { id: 210, name: 'Main' },
			rule: null,
			skipped: [{ rule: 'to 1', because: 'no_account' }],
			accounts: [{ id: 1, verdict: 'left_out', because: 'maintenance' }]
		});
	});
});

describe('with rules', () => {
	const all = [candidate(1), candidate(2, 'outside_hours'), candidate(3)];

	test('the first that holds and has a usable account decides', () => {
		const elsewhere = { ...toAll(1), name: 'elsewhere', when: { countries: ['DE'] } };
		const { order, explanation } = decideBy([elsewhere, toAll(2), toAll(3, 2), toAll(1)], all);
		expect(idsOf(order)).toEqual([3]);
		expect(explanation).toMatchObject({
			rule: 'to 3 and 2',
			skipped: [
				{ rule: 'elsewhere', because: 'countries' },
				{ rule: 'to 2', because: 'no_account' }
			],
			accounts: [
				{ id: 3, verdict: 'first', because: null },
				{ id: 1, verdict: 'left_out', because: 'not_named' },
				{ id: 2, verdict: 'left_out', because: 'outside_hours' }
			]
		});
	});

	test('tiers come in their order, whatever they weigh', () => {
		const rule = toAll(3, 1);
		rule.choices[1]?.forEach((choice) => (choice.weight = 1000));
		for (let number = 0; number < 100; number++) {
			expect(idsOf(decideBy([rule], all, String(number)).order)).toEqual([3, 1]);
		}
	});

	test('an account that was closed since the rule was written is passed over', () => {
		expect(idsOf(decideBy([toAll(99, 1)], all).order)).toEqual([1]);
	});

	test.each([
		[{ next: true, limit: 2 }, [3, 1], 'next'],
		[{ next: true, limit: 1 }, [3], 'beyond_limit'],
		[{ next: false, limit: 10 }, [3], 'beyond_limit']
	])('on failure %j', (onFailure, ids, second) => {
		const { order, explanation } = decideBy([{ ...toAll(3, 1), onFailure }], all);
		expect(idsOf(order)).toEqual(ids);
		expect(explanation.accounts[1]).toMatchObject({ id: 1, verdict: second });
	});
});

describe('draws by weight', () => {
	const tier = [
		{ account: 100_000_001, weight: 600 },
		{ account: 100_000_002, weight: 300 },
		{ account: 100_000_003, weight: 100 }
	];
	const transactions = Array.from({ length: 10_000 }, (_, index) => `transaction-${index}`);

	test('each is first in its share of 10,000 transactions', () => {
		const firsts = new Map<number, number>();
		for (const id of transactions) {
			const first = drawOrder(tier, id)[0]?.account ?? 0;
			firsts.set(first, (firsts.get(first) ?? 0) + 1);
		}
		for (const { account, weight } of tier) {
			const share = (firsts.get(account) ?? 0) / transactions.length;
			// Five standard deviations of a fair draw are at most 0.025.
			expect(Math.abs(share - weight / 1000)).toBeLessThan(0.025);
		}
	});

	test('among those that the first leaves, the shares hold as well', () => {
		const afterFirst = transactions
			.map((id) => drawOrder(tier, id))
			.filter(([first]) => first?.account === 100_000_001);
		const second = afterFirst.filter(([, one]) => one?.account === 100_000_002).length;
		expect(Math.abs(second / afterFirst.length - 0.75)).toBeLessThan(0.03);
	});

	test('the order is the same whoever asks, and without an account that dropped out', () => {
		for (const id of transactions.slice(0, 500)) {
			const order = drawOrder(tier, id);
			expect(drawOrder([...tier].reverse(), id)).toEqual(order);
			for (const gone of tier) {
				const rest = tier.filter((one) => one !== gone);
				expect(drawOrder(rest, id)).toEqual(order.filter((one) => one !== gone));
			}
		}
	});
});

test('every account is in the explanation once, and says what was decided', () => {
	const reasons = fc.option(fc.constantFrom(...reasonsInOrder));
	const someRule = fc
		.tuple(
			fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
			fc.integer({ min: 1, max: 5 }),
			fc.boolean()
		)
		.map(([ids, limit, next]) => ({ ...toAll(...ids), onFailure: { next, limit } }));
	fc.assert(
		fc.property(
			fc.array(fc.tuple(reasons, fc.boolean()), { maxLength: 10 }),
			fc.option(fc.array(someRule, { maxLength: 4 })),
			fc.uuid(),
			(accounts, rules, transactionId) => {
				const all = accounts.map(([because, converts], index) =>
					candidate(index + 1, because, converts)
				);
				const { order, explanation } = decideBy(rules, all, transactionId);
				const again = decideBy(rules, all, transactionId);
				expect([idsOf(again.order), again.explanation]).toEqual([idsOf(order), explanation]);
				const ids = explanation.accounts.map(({ id }) => id);
				expect([...ids].sort((a, b) => a - b)).toEqual(idsOf(all));
				const tried = explanation.accounts.filter(
					({ verdict }) => verdict === 'first' || verdict === 'next'
				);
				expect(tried.map(({ id }) => id)).toEqual(idsOf(order));
				expect(order.every(({ because }) => because === null)).toBe(true);
				// As long as one can be used, somebody is asked.
				expect(order.length > 0).toBe(all.some(({ because }) => because === null));
				for (const { verdict, because } of explanation.accounts) {
					expect(because !== null).toBe(verdict === 'left_out');
				}
			}
		)
	);
});
