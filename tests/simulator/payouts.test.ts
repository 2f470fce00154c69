import { expect, test } from 'vitest';
import type { Context } from '$lib/server/context';
import { simulator } from '$lib/server/providers/simulator/simulator';
import { decideDue } from '$lib/server/simulator/decide-due';
import { describeOnEachEngine } from '../databases';
import { cardWith, openSimulation, orderWith, paymentWith, payoutWith } from './open-simulation';

describeOnEachEngine('payouts of the simulator', (open) => {
	async function payOutToCard(number: string) {
		const { call } = await openSimulation(open);
		const kept = await simulator.keepCard(call, cardWith(number));
		if (!('token' in kept)) throw new Error(kept.refused);
		const destination = { kind: 'card', token: kept.token, accountId: 1 } as const;
		return simulator.payOut(call, payoutWith(destination, 'out'));
	}

	/** What is never decided would be looked at for ever, and hold up all that comes after it. */
	const leftToDecide = ({ db }: Context) =>
		db.read
			.selectFrom('simulator_payments')
			.select('attempt_id')
			.where('decides_at', 'is not', null)
			.execute();

	test.each([
		['4242 4242 4242 4242', { kind: 'succeeded' }],
		['4000 0000 0000 3220', { kind: 'succeeded' }],
		['4000 0000 0000 0002', { kind: 'declined', reason: 'declined' }],
		['4000 0000 0000 0069', { kind: 'declined', reason: 'expired_card' }],
		['4000 0000 0000 0119', { kind: 'declined', reason: 'processing_error', soft: true }],
		['4000 0000 0000 5019', { kind: 'unknown' }]
	])('to the card %s, by its rule', async (number, outcome) => {
		expect(await payOutToCard(number)).toMatchObject(outcome);
	});

	test('back to where a payment came from, if it came here', async () => {
		const { context, call } = await openSimulation(open);
		const paid = await simulator.payByCard(call, paymentWith(context, '4242424242424242', 'in'));
		if (paid.kind !== 'succeeded') throw new Error('not paid');
		const { providerReference } = paid;
		await simulator.payByCard(call, paymentWith(context, '4000000000000002', 'declined'));
		const declined = await context.db.read
			.selectFrom('simulator_payments')
			.select('id')
			.where('attempt_id', '=', 'declined')
			.executeTakeFirstOrThrow();
		const back = (attemptId: string, reference: string, key: string) => {
			const origin = { kind: 'origin', attemptId, providerReference: reference } as const;
			return simulator.payOut(call, payoutWith({ ...origin, accountId: 1 }, key));
		};
		expect(await back('in', providerReference, 'o1')).toMatchObject({ kind: 'succeeded' });
		const soft = { kind: 'declined', soft: true };
		expect(await back('in', 'another', 'o2')).toMatchObject(soft);
		expect(await back('unknown', providerReference, 'o3')).toMatchObject(soft);
		expect(await back('declined', declined.id, 'o4')).toMatchObject(soft);
		expect(await back('o1', providerReference, 'o5')).toMatchObject(soft);
	});

	test('what is decided later is decided once, however many processes do it', async () => {
		const { context, call, advance, chargesOf } = await openSimulation(open);
		const slow = { kind: 'wallet', wallet: 'slow@pebble.example' } as const;
		await simulator.payOut(call, payoutWith(slow, 'a1'));
		const voucher = { ...orderWith(context, 'a2'), code: 'CASHNOTE-0000-7777' };
		expect(await simulator.payByVoucher(call, voucher)).toMatchObject({ kind: 'pending' });
		advance(4_999);
		await decideDue(context);
		expect(await chargesOf('a1')).toBe(0);
		advance(1);
		await Promise.all(Array.from({ length: 10 }, () => decideDue(context)));
		expect([await chargesOf('a1'), await chargesOf('a2')]).toEqual([1, 1]);
		const messages = await context.db.read.selectFrom('simulator_messages').selectAll().execute();
		expect(messages).toHaveLength(2);
		expect(await leftToDecide(context)).toEqual([]);
	});

	test('what was called off is not looked at again', async () => {
		const { context, call } = await openSimulation(open);
		const slow = { kind: 'wallet', wallet: 'slow@pebble.example' } as const;
		await simulator.payOut(call, payoutWith(slow, 'a1'));
		expect(await leftToDecide(context)).toEqual([{ attempt_id: 'a1' }]);
		await simulator.cancel(call, { attemptId: 'a1', providerReference: null });
		expect(await leftToDecide(context)).toEqual([]);
	});

	test('a refund that takes its time moves once, however many processes settle it', async () => {
		const { context, call, advance, movesOf } = await openSimulation(open);
		const paid = await simulator.payByCard(call, paymentWith(context, '4242424242424242', 'in'));
		if (paid.kind !== 'succeeded') throw new Error('not paid');
		await simulator.refund(call, {
			refundId: 'r1',
			attemptId: 'in',
			providerReference: paid.providerReference,
			amount: { amount: 214, currency: 'EUR' }
		});
		advance(5_000);
		await Promise.all(Array.from({ length: 10 }, () => decideDue(context)));
		expect(await movesOf('r1')).toBe(1);
		const messages = await context.db.read
			.selectFrom('simulator_messages')
			.select('body')
			.execute();
		expect(messages.filter(({ body }) => body.includes('"refund_id"'))).toHaveLength(1);
	});

	test('a payout is never given back', async () => {
		const { call } = await openSimulation(open);
		const wallet = { kind: 'wallet', wallet: 'paid@pebble.example' } as const;
		const out = await simulator.payOut(call, payoutWith(wallet, 'a1'));
		if (out.kind !== 'succeeded') throw new Error('not paid');
		const refund = {
			refundId: 'r1',
			attemptId: 'a1',
			providerReference: out.providerReference,
			amount: { amount: 5, currency: 'EUR' }
		};
		expect(await simulator.refund(call, refund)).toMatchObject({ kind: 'failed' });
	});
});
