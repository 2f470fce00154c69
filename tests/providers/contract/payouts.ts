import { beforeEach, describe, expect, test } from 'vitest';
import type { Destination, Provider } from '$lib/server/providers/provider';
import { amount, ATTEMPT, can, reference, openRigWith, type OpenRig } from './rig';

const parts = ['destinations'] as const;

/** What every provider that sends money to payers keeps. */
export function describePayouts(provider: Provider, openRig: OpenRig): void {
	describe.runIf(provider.payOut)('a payout', () => {
		const open = () => openRigWith(openRig, parts);
		let rig: Awaited<ReturnType<typeof open>>;
		beforeEach(async () => {
			rig = await open();
		});
		const payOut = (destination: Destination) =>
			can(rig.provider.payOut)(rig.call, {
				attemptId: ATTEMPT,
				method: 'bank',
				amount,
				destination,
				description: null
			});
		const inquire = () => rig.provider.inquire(rig.call, reference);
		const charges = () => rig.charges(ATTEMPT);
		const told = async () =>
			rig.provider.readNotification(rig.call, await rig.notificationOf(ATTEMPT));

		test('that is paid says so, in reply, inquiry and notification', async () => {
			const outcome = await payOut(rig.destinations.paid);
			expect(outcome).toMatchObject({ kind: 'succeeded', amount });
			expect(await inquire()).toEqual(outcome);
			expect((await told())?.outcome).toEqual(outcome);
			expect(await charges()).toBe(1);
		});

		test.each(['refused', 'invalid'] as const)('to an account that is %s', async (which) => {
			const outcome = await payOut(rig.destinations[which]);
			expect(outcome).toMatchObject({ kind: 'declined', reason: 'invalid_account' });
			expect(outcome).not.toHaveProperty('soft', true);
			expect(await inquire()).toEqual(outcome);
			expect(await charges()).toBe(0);
		});

		test.each([
			['slow', { kind: 'succeeded', amount }, 1],
			['slowRefused', { kind: 'declined', reason: 'invalid_account' }, 0]
		] as const)('that is %s: pending first, then told', async (which, outcome, moved) => {
			expect(await payOut(rig.destinations[which])).toMatchObject({ kind: 'pending' });
			expect(await inquire()).toMatchObject({ kind: 'pending' });
			expect(await charges()).toBe(0);
			await rig.wait();
			expect((await told())?.outcome).toMatchObject(outcome);
			expect(await inquire()).toMatchObject(outcome);
			expect(await charges()).toBe(moved);
		});

		test('canceled while it is undecided: it is never paid', async () => {
			await payOut(rig.destinations.slow);
			const canceled = await rig.provider.cancel(rig.call, reference);
			expect(canceled).toMatchObject({ kind: 'canceled' });
			await rig.wait();
			expect(await inquire()).toMatchObject({ kind: 'canceled' });
			expect(await charges()).toBe(0);
		});

		test.each([
			['silentPaid', { kind: 'succeeded', amount }, 1],
			['garbledPaid', { kind: 'succeeded', amount }, 1],
			['silentLost', { kind: 'absent' }, 0]
		] as const)('%s is unknown, and the inquiry settles it', async (which, outcome, moved) => {
			expect(await payOut(rig.destinations[which])).toMatchObject({ kind: 'unknown' });
			expect(await inquire()).toMatchObject(outcome);
			expect(await charges()).toBe(moved);
		});
	});
}
