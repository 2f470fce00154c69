import { beforeEach, describe, expect, test } from 'vitest';
import type { CardPayment } from '$lib/server/providers/provider';
import { amount, ATTEMPT, can, openRigWith, reference, type OpenRig } from './rig';

const parts = ['cards', 'payment', 'answerChallenge'] as const;

/** What every provider that takes cards keeps. */
export function describeCards(openRig: OpenRig): void {
	const open = () => openRigWith(openRig, parts);
	let rig: Awaited<ReturnType<typeof open>>;
	beforeEach(async () => {
		rig = await open();
	});
	const payByCard = (payment: CardPayment) => can(rig.provider.payByCard)(rig.call, payment);
	const pay = (cardNumber: string) => payByCard(rig.payment(cardNumber, ATTEMPT));
	const inquire = () => rig.provider.inquire(rig.call, reference);
	const cancel = () => rig.provider.cancel(rig.call, reference);
	const charges = () => rig.charges(ATTEMPT);

	describe('paying', () => {
		test('an approved card is charged once, and an inquiry says the same', async () => {
			const outcome = await pay(rig.cards.approved);
			expect(outcome).toEqual({ kind: 'succeeded', providerReference: expect.any(String), amount });
			expect(await inquire()).toEqual(outcome);
			expect(await charges()).toBe(1);
		});

		test('a declined card tells a reason and a sentence, and is not charged', async () => {
			const outcome = await pay(rig.cards.declined);
			expect(outcome).toMatchObject({ kind: 'declined', reason: 'declined' });
			expect(outcome).toHaveProperty('message', expect.stringMatching(/\w/));
			expect(await inquire()).toEqual(outcome);
			expect(await charges()).toBe(0);
		});

		test('the same attempt fifty times at once is one charge and one story', async () => {
			const outcomes = await Promise.all(Array.from({ length: 50 }, () => pay(rig.cards.approved)));
			expect(new Set(outcomes.map((each) => JSON.stringify(each))).size).toBe(1);
			expect(outcomes[0]).toMatchObject({ kind: 'succeeded', amount });
			expect(await charges()).toBe(1);
		});

		test('the same attempt with another amount is neither charged nor believed', async () => {
			await pay(rig.cards.approved);
			const other = { ...rig.payment(rig.cards.approved, ATTEMPT) };
			other.amount = { amount: 9900, currency: 'EUR' };
			expect(await payByCard(other)).toMatchObject({ kind: 'unknown' });
			expect(await charges()).toBe(1);
		});
	});

	describe('challenge', () => {
		test('leads to an https or local page and charges nothing before the answer', async () => {
			const outcome = await pay(rig.cards.challenged);
			expect(outcome).toMatchObject({ kind: 'action_required', action: { type: 'challenge' } });
			expect(await inquire()).toEqual(outcome);
			expect(await charges()).toBe(0);
		});

		test('approved: the inquiry says succeeded', async () => {
			await pay(rig.cards.challenged);
			await rig.answerChallenge(ATTEMPT, 'approve');
			expect(await inquire()).toMatchObject({ kind: 'succeeded', amount });
			expect(await charges()).toBe(1);
		});

		test.each([
			['fail', 'authentication_failed'],
			['cancel', 'authentication_canceled']
		] as const)('%s: the inquiry says declined', async (answer, reason) => {
			await pay(rig.cards.challenged);
			await rig.answerChallenge(ATTEMPT, answer);
			expect(await inquire()).toMatchObject({ kind: 'declined', reason });
			expect(await charges()).toBe(0);
		});

		test('canceled: an answer that comes later charges nothing', async () => {
			await pay(rig.cards.challenged);
			expect(await cancel()).toMatchObject({ kind: 'canceled' });
			await rig.answerChallenge(ATTEMPT, 'approve');
			expect(await inquire()).toMatchObject({ kind: 'canceled' });
			expect(await charges()).toBe(0);
		});
	});

	describe('doubt', () => {
		test('an attempt that never came is absent', async () => {
			expect(await inquire()).toEqual({ kind: 'absent' });
		});

		test('an answer that cannot be read is unknown, and the inquiry settles it', async () => {
			expect(await pay(rig.cards.garbledCharged)).toMatchObject({ kind: 'unknown' });
			expect(await inquire()).toMatchObject({ kind: 'succeeded', amount });
			expect(await charges()).toBe(1);
		});

		test('a time-out is unknown, and the inquiry finds the charge', async () => {
			expect(await pay(rig.cards.silentCharged)).toMatchObject({ kind: 'unknown' });
			expect(await inquire()).toMatchObject({ kind: 'succeeded', amount });
			expect(await charges()).toBe(1);
		});

		test('a time-out is unknown, and the inquiry finds nothing', async () => {
			expect(await pay(rig.cards.silentLost)).toMatchObject({ kind: 'unknown' });
			expect(await inquire()).toEqual({ kind: 'absent' });
			expect(await charges()).toBe(0);
		});
	});

	describe('cancel', () => {
		test('of an attempt that never came: it is refused when it arrives', async () => {
			expect(await cancel()).toMatchObject({ kind: 'canceled' });
			expect(await pay(rig.cards.approved)).toMatchObject({ kind: 'canceled' });
			expect(await inquire()).toMatchObject({ kind: 'canceled' });
			expect(await charges()).toBe(0);
		});
	});
}
