import { beforeEach, describe, expect, test } from 'vitest';
import type { Provider } from '$lib/server/providers/provider';
import { amount, ATTEMPT, can, reference, openRigWith, type OpenRig } from './rig';

const parts = ['cards', 'card', 'payment', 'answerChallenge'] as const;

/** What every provider that keeps cards keeps to. */
export function describeKeptCards(provider: Provider, openRig: OpenRig): void {
	describe.runIf(provider.keepCard)('a card that is kept', () => {
		const open = () => openRigWith(openRig, parts);
		let rig: Awaited<ReturnType<typeof open>>;
		beforeEach(async () => {
			rig = await open();
		});
		const inquire = (attemptId = ATTEMPT) =>
			rig.provider.inquire(rig.call, { attemptId, providerReference: null });
		const payAndKeep = (number: string) =>
			can(rig.provider.payByCard)(rig.call, {
				...rig.payment(number, ATTEMPT),
				keepCard: true
			});
		const payWith = (token: string, attemptId: string) =>
			can(rig.provider.payByCard)(rig.call, {
				...rig.order(attemptId),
				card: { token, securityCode: null },
				keepCard: false
			});
		const payOutTo = (token: string) =>
			can(rig.provider.payOut)(rig.call, {
				attemptId: 'out',
				method: 'card_payout',
				amount,
				destination: { kind: 'card', token, accountId: 1 },
				description: null
			});

		test('by a payment: the token pays again and takes a payout', async () => {
			const first = await payAndKeep(rig.cards.approved);
			if (first.kind !== 'succeeded' || !first.cardToken) throw new Error('no token');
			expect(first.cardToken).not.toContain(rig.cards.approved.replaceAll(' ', '').slice(0, 6));
			expect(await inquire()).toEqual(first);
			const message = await rig.notificationOf(ATTEMPT);
			expect(rig.provider.readNotification(rig.call, message)?.outcome).toEqual(first);
			const second = await payWith(first.cardToken, 'second');
			expect(second).toMatchObject({ kind: 'succeeded', amount });
			expect(second).not.toHaveProperty('cardToken');
			expect(await payOutTo(first.cardToken)).toMatchObject({ kind: 'succeeded', amount });
			expect(await rig.charges('second')).toBe(1);
		});

		test('nobody asked for it: no token', async () => {
			const outcome = await can(rig.provider.payByCard)(
				rig.call,
				rig.payment(rig.cards.approved, ATTEMPT)
			);
			expect(outcome).not.toHaveProperty('cardToken');
		});

		test('with a challenge: the token comes after the answer, and asks again', async () => {
			expect(await payAndKeep(rig.cards.challenged)).not.toHaveProperty('cardToken');
			await rig.answerChallenge(ATTEMPT, 'approve');
			const outcome = await rig.provider.inquire(rig.call, reference);
			if (outcome.kind !== 'succeeded' || !outcome.cardToken) throw new Error('no token');
			expect(await payWith(outcome.cardToken, 'second')).toMatchObject({
				kind: 'action_required',
				action: { type: 'challenge' }
			});
		});

		test('of a declined payment: no token', async () => {
			expect(await payAndKeep(rig.cards.declined)).not.toHaveProperty('cardToken');
		});

		test('without a payment: the token takes a payout', async () => {
			const kept = await can(rig.provider.keepCard)(rig.call, rig.card(rig.cards.approved));
			if (!('token' in kept)) throw new Error(kept.refused);
			expect(await payOutTo(kept.token)).toMatchObject({ kind: 'succeeded', amount });
		});

		test('is refused where the provider does not know it', async () => {
			const kept = await can(rig.provider.keepCard)(rig.call, rig.card('4539578763621486'));
			expect(kept).toEqual({ refused: expect.stringMatching(/\w/) });
		});

		test('a token that is none is declined', async () => {
			expect(await payWith('guessed', ATTEMPT)).toMatchObject({ kind: 'declined' });
			expect(await payOutTo('guessed')).toMatchObject({ kind: 'declined' });
			expect((await rig.charges(ATTEMPT)) + (await rig.charges('out'))).toBe(0);
		});
	});
}
