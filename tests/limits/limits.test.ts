import { expect, test } from 'vitest';
import type { Context } from '$lib/server/context';
import { readLimits } from '$lib/server/limits/read-limits';
import { releaseLimits } from '$lib/server/limits/release-limits';
import { reserveLimits, type Reservation } from '$lib/server/limits/reserve-limits';
import type { LimitRule } from '$lib/server/merchants/merchant-settings';
import { describeOnEachEngine } from '../databases';

const mover = {
	merchantId: 'merchant',
	mode: 'test',
	payerReference: '128',
	intent: 'deposit',
	method: 'card',
	currency: 'EUR'
} as const;

const daily: LimitRule = {
	intent: 'deposit',
	method: null,
	currency: 'EUR',
	period: 'day',
	amount: 1000,
	uses: null
};

type Changes = Partial<Parameters<typeof reserveLimits>[3]>;

/** Reserves in a transaction of its own that commits whatever the answer. */
function reserve(context: Context, rules: LimitRule[], amount: number, changes: Changes = {}) {
	return context.db.inTransaction((tx) =>
		reserveLimits(context, tx, rules, { ...mover, amount, ...changes })
	);
}

async function reservationsOf(answer: ReturnType<typeof reserve>): Promise<Reservation[]> {
	const result = await answer;
	if ('exceeded' in result) throw new Error('refused');
	// As the caller keeps them.
	return JSON.parse(JSON.stringify(result.reservations)) as Reservation[];
}

const counted = async ({ db }: Context) => {
	const rows = await db.read.selectFrom('limit_counters').select(['amount', 'uses']).execute();
	return rows.filter(({ amount, uses }) => amount > 0 || uses > 0);
};

describeOnEachEngine('limits', (open) => {
	const midnight = Date.parse('2026-11-22');

	test('allow up to the amount, to the minor unit', async () => {
		const context = await open();
		expect(await readLimits(context, [daily], mover)).toEqual({ highest: 1000, exceeded: null });
		await reservationsOf(reserve(context, [daily], 600));
		expect(await reserve(context, [daily], 401)).toEqual({
			exceeded: { rule: daily, left: 400, until: midnight }
		});
		expect(await readLimits(context, [daily], mover)).toEqual({ highest: 400, exceeded: null });
		await reservationsOf(reserve(context, [daily], 400));
		const exceeded = { rule: daily, left: 0, until: midnight };
		expect(await reserve(context, [daily], 1)).toEqual({ exceeded });
		expect(await readLimits(context, [daily], mover)).toEqual({ highest: 0, exceeded });
	});

	test('refuse a first payment beyond the amount', async () => {
		const context = await open();
		const answer = await reserve(context, [daily], 1001);
		expect(answer).toMatchObject({ exceeded: { left: 1000 } });
		expect(await counted(context)).toEqual([]);
	});

	test('count uses', async () => {
		const context = await open();
		const twice: LimitRule = { ...daily, amount: null, uses: 2 };
		await reservationsOf(reserve(context, [twice], 5_000_000));
		expect(await readLimits(context, [twice], mover)).toEqual({ highest: null, exceeded: null });
		await reservationsOf(reserve(context, [twice], 1));
		const exceeded = { rule: twice, left: 0, until: midnight };
		expect(await reserve(context, [twice], 1)).toEqual({ exceeded });
		expect(await readLimits(context, [twice], mover)).toEqual({ highest: 0, exceeded });
	});

	test('can forbid everything', async () => {
		const context = await open();
		for (const rule of [
			{ ...daily, amount: 0 },
			{ ...daily, uses: 0 }
		]) {
			expect(await reserve(context, [rule], 1)).toMatchObject({ exceeded: { left: 0 } });
			expect(await readLimits(context, [rule], mover)).toMatchObject({ highest: 0 });
		}
		expect(await counted(context)).toEqual([]);
	});

	test('start anew with each period', async () => {
		const context = await open();
		// Saturday 2026-11-21, noon.
		const rules = (['day', 'week', 'month'] as const).map((period) => ({ ...daily, period }));
		const highest = () =>
			Promise.all(rules.map(async (rule) => (await readLimits(context, [rule], mover)).highest));
		const moveTo = (time: string) => context.clock.advance(Date.parse(time) - context.clock.now());
		await reservationsOf(reserve(context, rules, 1000));
		expect(await highest()).toEqual([0, 0, 0]);
		moveTo('2026-11-21T23:59:59.999Z');
		expect(await highest()).toEqual([0, 0, 0]);
		moveTo('2026-11-22T00:00:00Z');
		expect(await highest()).toEqual([1000, 0, 0]);
		moveTo('2026-11-22T23:59:59.999Z');
		expect(await reserve(context, rules, 1)).toMatchObject({
			exceeded: { rule: { period: 'month' }, until: Date.parse('2026-12-01') }
		});
		moveTo('2026-11-23T00:00:00Z');
		expect(await highest()).toEqual([1000, 1000, 0]);
		moveTo('2026-11-30T23:59:59.999Z');
		expect(await reserve(context, rules, 1)).toMatchObject({ exceeded: { left: 0 } });
		moveTo('2026-12-01T00:00:00Z');
		await reservationsOf(reserve(context, rules, 1000));
	});

	test('keep payers, merchants, modes, intents, methods and currencies apart', async () => {
		const context = await open();
		const rule = { ...daily, method: 'card' };
		await reservationsOf(reserve(context, [rule], 1000));
		for (const other of [
			{ payerReference: '129' },
			{ payerReference: 'x'.repeat(5000) },
			{ merchantId: 'another' },
			{ mode: 'live' }
		] as const) {
			const left = await readLimits(context, [rule], { ...mover, ...other });
			expect(left).toEqual({ highest: 1000, exceeded: null });
		}
		for (const unruled of [
			{ intent: 'withdrawal' },
			{ method: 'voucher' },
			{ currency: 'USD' }
		] as const) {
			const answer = await reserve(context, [rule], 5000, unruled);
			expect(answer).toEqual({ reservations: [] });
		}
		expect(await reserve(context, [rule], 1)).toHaveProperty('exceeded');
	});

	test('tell long references apart, and know them again', async () => {
		const context = await open();
		const long = 'x'.repeat(5000);
		await reservationsOf(reserve(context, [daily], 1000, { payerReference: `${long}1` }));
		await reservationsOf(reserve(context, [daily], 1000, { payerReference: `${long}2` }));
		const again = await reserve(context, [daily], 1, { payerReference: `${long}1` });
		expect(again).toHaveProperty('exceeded');
	});

	test('count all methods together in a rule without a method', async () => {
		const context = await open();
		await reservationsOf(reserve(context, [daily], 600, { method: 'card' }));
		const answer = await reserve(context, [daily], 600, { method: 'voucher' });
		expect(answer).toMatchObject({ exceeded: { left: 400 } });
	});

	test('do not hold for a payer without a reference', async () => {
		const context = await open();
		const nobody = { payerReference: null };
		expect(await reserve(context, [daily], 5000, nobody)).toEqual({ reservations: [] });
		const left = await readLimits(context, [daily], { ...mover, ...nobody });
		expect(left).toEqual({ highest: null, exceeded: null });
	});

	test('go on counting when the merchant changes the numbers', async () => {
		const context = await open();
		await reservationsOf(reserve(context, [daily], 1000));
		const raised = { ...daily, amount: 1500 };
		expect((await readLimits(context, [raised], mover)).highest).toBe(500);
		const lowered = { ...daily, amount: 200 };
		expect(await reserve(context, [lowered], 1)).toMatchObject({ exceeded: { left: 0 } });
		expect((await readLimits(context, [lowered], mover)).highest).toBe(0);
	});

	test('count once where two rules mean the same, and both hold', async () => {
		const context = await open();
		const uses = { ...daily, amount: 5000, uses: 1 };
		await reservationsOf(reserve(context, [daily, uses], 600));
		expect(await counted(context)).toEqual([{ amount: 600, uses: 1 }]);
		expect(await reserve(context, [uses, daily], 1)).toMatchObject({ exceeded: { left: 0 } });
		const amounts = await reserve(context, [{ ...uses, uses: null }, daily], 401);
		expect(amounts).toMatchObject({ exceeded: { left: 400 } });
	});

	test('a refusal leaves nothing behind, though the caller commits', async () => {
		const context = await open();
		const ofMethod = { ...daily, method: 'card', amount: 100 };
		const weekly: LimitRule = { ...daily, period: 'week', amount: 50 };
		for (const order of [
			[daily, ofMethod, weekly],
			[weekly, ofMethod, daily]
		]) {
			expect(await reserve(context, order, 101)).toMatchObject({
				exceeded: { rule: weekly, left: 50 }
			});
		}
		expect(await counted(context)).toEqual([]);
		await reservationsOf(reserve(context, [daily, ofMethod, weekly], 50));
		expect(await counted(context)).toEqual(Array(3).fill({ amount: 50, uses: 1 }));
	});

	test('give back what was reserved, in the period it was taken from', async () => {
		const context = await open();
		const release = (reservations: Reservation[]) =>
			context.db.inTransaction((tx) => releaseLimits(tx, reservations));
		const rules = [daily, { ...daily, method: 'card', uses: 2 }];
		await reservationsOf(reserve(context, rules, 300));
		const failed = await reservationsOf(reserve(context, rules, 700));
		expect(await reserve(context, rules, 1)).toHaveProperty('exceeded');
		await release(failed);
		expect(await counted(context)).toEqual(Array(2).fill({ amount: 300, uses: 1 }));
		const late = await reservationsOf(reserve(context, rules, 700));
		context.clock.advance(86_400_000);
		await reservationsOf(reserve(context, rules, 1000));
		await release(late);
		expect(await reserve(context, rules, 1)).toHaveProperty('exceeded');
		await release(late);
		await release(late);
		const rows = await counted(context);
		expect(rows).toEqual(Array(2).fill({ amount: 1000, uses: 1 }));
		const all = await context.db.read.selectFrom('limit_counters').selectAll().execute();
		expect(all.every(({ amount, uses }) => amount >= 0 && uses >= 0)).toBe(true);
	});

	test('refuse what is no amount', async () => {
		const context = await open();
		for (const amount of [-1, 0.5, NaN, 2 ** 53]) {
			await expect(reserve(context, [daily], amount)).rejects.toThrow(RangeError);
		}
	});

	test('sums stay exact without a limit of the amount', async () => {
		const context = await open();
		const rule = { ...daily, amount: null, uses: 1000 };
		await reservationsOf(reserve(context, [rule], 999_999_999_999_999));
		expect(await reserve(context, [rule], 1)).toMatchObject({ exceeded: { left: 0 } });
	});

	test('no counter passes its limit, whoever counts at the same time', async () => {
		const context = await open();
		const other = { ...daily, period: 'week', amount: null, uses: 13 } as const;
		const rules: LimitRule[] = [{ ...daily, amount: 1000 }, other];
		const answers = await Promise.all(
			Array.from({ length: 50 }, (_, index) =>
				reserve(context, index % 2 ? rules : rules.toReversed(), 70)
			)
		);
		const taken = answers.filter((answer) => 'reservations' in answer);
		expect(taken).toHaveLength(13);
		expect(await counted(context)).toEqual(Array(2).fill({ amount: 910, uses: 13 }));
	});

	test('reserving and giving back at the same time loses nothing', async () => {
		const context = await open();
		const rules: LimitRule[] = [
			{ ...daily, amount: 500 },
			{ ...daily, period: 'month', amount: 400 }
		];
		let kept = 0;
		await Promise.all(
			Array.from({ length: 50 }, async (_, index) => {
				const answer = await reserve(context, rules, 10 + index);
				if ('exceeded' in answer) return;
				if (index % 2 === 0) kept += 10 + index;
				else await context.db.inTransaction((tx) => releaseLimits(tx, answer.reservations));
			})
		);
		const rows = await counted(context);
		expect(kept).toBeGreaterThan(0);
		expect(kept).toBeLessThanOrEqual(400);
		expect(rows.map(({ amount }) => amount)).toEqual([kept, kept]);
	});

	test('a caller that throws takes its reservations back with it', async () => {
		const context = await open();
		const given = context.db.inTransaction(async (tx) => {
			await reserveLimits(context, tx, [daily], { ...mover, amount: 1000 });
			throw new Error('given up');
		});
		await expect(given).rejects.toThrow('given up');
		expect(await counted(context)).toEqual([]);
	});
});
