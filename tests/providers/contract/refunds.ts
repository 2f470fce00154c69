import { beforeEach, describe, expect, test } from 'vitest';
import { OutgoingError } from '$lib/server/outgoing/outgoing-error';
import type { Provider, ProviderCall } from '$lib/server/providers/provider';
import {
	amount,
	ATTEMPT,
	can,
	finish,
	firstWayOf,
	onWire,
	openRigWith,
	reference,
	REFUND,
	ways,
	type OpenRig
} from './rig';

const parts = ['refunds', 'moves'] as const;

/** What every provider that gives money back keeps. */
export function describeRefunds(provider: Provider, openRig: OpenRig): void {
	describe.runIf(provider.refund)('a refund', () => {
		const open = () => openRigWith(openRig, parts);
		let rig: Awaited<ReturnType<typeof open>>;
		let providerReference: string;
		beforeEach(async () => {
			rig = await open();
			const way = firstWayOf(provider);
			await ways[way](rig, rig.call, amount);
			await finish(rig, way);
			const paid = await rig.provider.inquire(rig.call, reference);
			if (paid.kind !== 'succeeded' && paid.kind !== 'received') throw new Error('not paid');
			providerReference = paid.providerReference;
		});
		const refund = (minorUnits: number, refundId = REFUND, call: ProviderCall = rig.call) =>
			can(rig.provider.refund)(call, {
				refundId,
				attemptId: ATTEMPT,
				providerReference,
				amount: { ...amount, amount: minorUnits }
			});
		const inquire = (call: ProviderCall = rig.call) => {
			const asked = { refundId: REFUND, attemptId: ATTEMPT, providerReference: null };
			return can(rig.provider.inquireRefund)(call, asked);
		};
		const moves = (refundId = REFUND) => rig.moves(refundId);
		const unreachable = () => ({
			...rig.call,
			fetch: async () => {
				throw new OutgoingError('unreachable', 'no connection');
			}
		});

		test('goes through once, whatever the number of requests', async () => {
			expect(await inquire()).toEqual({ kind: 'absent' });
			const outcomes = await Promise.all(
				Array.from({ length: 20 }, () => refund(rig.refunds.good))
			);
			expect(new Set(outcomes.map((each) => JSON.stringify(each))).size).toBe(1);
			expect(outcomes[0]).toMatchObject({ kind: 'succeeded' });
			expect(await inquire()).toEqual(outcomes[0]);
			expect(await moves()).toBe(1);
		});

		test('its notification tells of it, and nothing of the payment', async () => {
			const outcome = await refund(rig.refunds.good);
			const message = await rig.notificationOf(REFUND);
			expect(rig.provider.readNotification(rig.call, message)).toMatchObject({
				attemptId: ATTEMPT,
				amount: { ...amount, amount: rig.refunds.good },
				outcome: { kind: 'unknown' },
				refund: { refundId: REFUND, outcome }
			});
		});

		test('can be refused', async () => {
			expect(await refund(rig.refunds.refused)).toMatchObject({ kind: 'failed' });
			expect(await inquire()).toMatchObject({ kind: 'failed' });
			expect(await moves()).toBe(0);
		});

		test('can take its time, and is told then', async () => {
			expect(await refund(rig.refunds.slow)).toMatchObject({ kind: 'pending' });
			expect(await moves()).toBe(0);
			await rig.wait();
			const message = await rig.notificationOf(REFUND);
			expect(rig.provider.readNotification(rig.call, message)?.refund?.outcome).toEqual(
				await inquire()
			);
			expect(await inquire()).toMatchObject({ kind: 'succeeded' });
			expect(await moves()).toBe(1);
		});

		test.each([
			['silent', { kind: 'succeeded' }, 1],
			['lost', { kind: 'absent' }, 0]
		] as const)('that is %s is unknown, and the inquiry settles it', async (which, is, moved) => {
			expect(await refund(rig.refunds[which])).toMatchObject({ kind: 'unknown' });
			expect(await inquire()).toMatchObject(is);
			expect(await moves()).toBe(moved);
		});

		test('of all that was paid, and not of a cent more, even at once', async () => {
			const part = Math.floor(amount.amount / 2) - 2;
			const ids = Array.from({ length: 12 }, (_, at) => `refund-${at}`);
			const outcomes = await Promise.all(ids.map((id) => refund(part, id)));
			expect(outcomes.filter(({ kind }) => kind === 'succeeded')).toHaveLength(2);
			expect(outcomes.filter(({ kind }) => kind === 'failed')).toHaveLength(10);
			expect(await refund(amount.amount - 2 * part + 1, 'one-too-many')).toMatchObject({
				kind: 'failed'
			});
			expect(await refund(amount.amount - 2 * part, 'the-rest')).toMatchObject({
				kind: 'succeeded'
			});
		});

		test('of a payment that is not known there fails', async () => {
			providerReference = 'another';
			expect(await refund(rig.refunds.good)).toMatchObject({ kind: 'failed' });
			expect(await moves()).toBe(0);
		});

		test('another amount under the same key is neither moved nor believed', async () => {
			await refund(rig.refunds.good);
			expect(await refund(rig.refunds.good + 1)).toMatchObject({ kind: 'unknown' });
			expect(await moves()).toBe(1);
		});

		test('without a connection it is unreachable; asking then is unknown', async () => {
			expect(await refund(rig.refunds.good, REFUND, unreachable())).toMatchObject({
				kind: 'unreachable'
			});
			expect(await inquire(unreachable())).toMatchObject({ kind: 'unknown' });
		});

		test.each([
			['cut off', (body: string) => body.slice(0, -1)],
			['about another refund', (body: string) => body.replace(REFUND, 'another')],
			[
				'of another amount',
				(body: string) =>
					body.replaceAll(onWire(rig, rig.refunds.good), onWire(rig, rig.refunds.good + 1))
			],
			['of another currency', (body: string) => body.replace('"EUR"', '"USD"')]
		])('an answer %s is unknown', async (_, change) => {
			const { fetch } = rig.call;
			const call: ProviderCall = {
				...rig.call,
				async fetch(...request) {
					const response = await fetch(...request);
					return { ...response, body: change(response.body) };
				}
			};
			expect(await refund(rig.refunds.good, REFUND, call)).toMatchObject({ kind: 'unknown' });
		});
	});
}
