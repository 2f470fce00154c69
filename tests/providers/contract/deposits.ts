import { beforeEach, describe, expect, test } from 'vitest';
import type { Outcome } from '$lib/server/providers/outcome';
import type { Provider } from '$lib/server/providers/provider';
import { amount, ATTEMPT, can, reference, type ContractRig, type OpenRig } from './rig';

/** What providers keep that take money on their own page, by transfer or for a voucher. */
export function describeDeposits(provider: Provider, openRig: OpenRig): void {
	let rig: ContractRig;
	beforeEach(async () => {
		rig = await openRig();
	});
	const inquire = () => rig.provider.inquire(rig.call, reference);
	const cancel = () => rig.provider.cancel(rig.call, reference);
	const charges = () => rig.charges(ATTEMPT);
	const told = async () => {
		const message = await rig.notificationOf(ATTEMPT);
		return rig.provider.readNotification(rig.call, message);
	};

	describe.runIf(provider.payByRedirect)('the provider’s own page', () => {
		const pay = () => can(rig.provider.payByRedirect)(rig.call, rig.order(ATTEMPT));

		test('is where the payer goes, and nothing is charged before the answer', async () => {
			const outcome = await pay();
			expect(outcome).toMatchObject({
				kind: 'action_required',
				action: { type: 'redirect', url: expect.stringMatching(/^https?:/) }
			});
			expect(await charges()).toBe(0);
		});

		test.each([
			['pay', { kind: 'succeeded', amount }, 1],
			['decline', { kind: 'declined', reason: 'insufficient_funds' }, 0],
			['cancel', { kind: 'canceled' }, 0]
		] as const)('%s: inquiry and notification say the same', async (answer, outcome, moved) => {
			await pay();
			await can(rig.answerRedirect)(ATTEMPT, answer);
			await can(rig.answerRedirect)(ATTEMPT, 'pay');
			expect(await inquire()).toMatchObject(outcome);
			expect(await charges()).toBe(moved);
			expect((await told())?.outcome).toEqual(await inquire());
		});

		test('later: it is undecided, and then decided without the payer', async () => {
			await pay();
			await can(rig.answerRedirect)(ATTEMPT, 'later');
			await can(rig.answerRedirect)(ATTEMPT, 'decline');
			expect(await inquire()).toMatchObject({ kind: 'pending' });
			expect(await charges()).toBe(0);
			await rig.wait();
			expect((await told())?.outcome).toMatchObject({ kind: 'succeeded', amount });
			expect(await charges()).toBe(1);
		});

		test('canceled while it is undecided: it is never decided', async () => {
			await pay();
			await can(rig.answerRedirect)(ATTEMPT, 'later');
			expect(await cancel()).toMatchObject({ kind: 'canceled' });
			await rig.wait();
			expect(await inquire()).toMatchObject({ kind: 'canceled' });
			expect(await charges()).toBe(0);
		});
	});

	describe.runIf(provider.payByRedirect)('paid there, and not final yet', () => {
		const attested = { kind: 'succeeded', amount, attested: true };
		const pay = () => can(rig.provider.payByRedirect)(rig.call, rig.order(ATTEMPT));

		test.each([
			['final', { kind: 'succeeded', amount }, 1],
			['reversed', { kind: 'declined' }, 0]
		] as const)('is attested, and %s in the end', async (end, outcome, moved) => {
			await pay();
			if (!rig.attestRedirect) return; // It never attests.
			await rig.attestRedirect(ATTEMPT, end);
			expect(await inquire()).toMatchObject(attested);
			expect((await told())?.outcome).toEqual(await inquire());
			expect(await cancel()).toMatchObject(attested);
			await rig.wait();
			expect(await inquire()).toMatchObject(outcome);
			expect(await inquire()).not.toHaveProperty('attested');
			expect((await told())?.outcome).toEqual(await inquire());
			expect(await charges()).toBe(moved);
		});
	});

	describe.runIf(provider.payByTransfer)('a bank transfer', () => {
		const pay = () =>
			can(rig.provider.payByTransfer)(rig.call, { ...rig.order(ATTEMPT), payUntil: 0 });
		const amounts = (outcome: Outcome | undefined) =>
			outcome?.kind === 'received' ? outcome.receipts.map((each) => each.amount.amount) : undefined;

		test('is told where to go to, with a reference', async () => {
			const outcome = await pay();
			expect(outcome).toMatchObject({
				kind: 'action_required',
				action: {
					type: 'instructions',
					fields: expect.arrayContaining([
						{ name: 'holder', value: expect.stringMatching(/\w/) },
						{ name: 'reference', value: expect.stringMatching(/\w/) }
					])
				}
			});
			expect(await charges()).toBe(0);
		});

		test('each credit is told, with all that came before it', async () => {
			await pay();
			await can(rig.credit)(ATTEMPT, 400);
			expect(amounts((await told())?.outcome)).toEqual([400]);
			await can(rig.credit)(ATTEMPT, 700);
			const notification = await told();
			expect(notification?.amount).toEqual(amount);
			expect(amounts(notification?.outcome)?.toSorted()).toEqual([400, 700]);
			expect(notification?.outcome).toEqual(await inquire());
			expect(await charges()).toBe(2);
		});

		test('canceled with nothing there: money that comes later is told all the same', async () => {
			await pay();
			expect(await cancel()).toMatchObject({ kind: 'canceled' });
			expect(await inquire()).toMatchObject({ kind: 'canceled' });
			await can(rig.credit)(ATTEMPT, 1005);
			expect(amounts(await inquire())).toEqual([1005]);
			expect((await told())?.outcome).toEqual(await inquire());
		});

		test('canceled with money there: the money is told', async () => {
			await pay();
			await can(rig.credit)(ATTEMPT, 5);
			expect(amounts(await cancel())).toEqual([5]);
		});
	});

	describe.runIf(provider.payByVoucher)('a voucher', () => {
		const pay = (code: string) =>
			can(rig.provider.payByVoucher)(rig.call, { ...rig.order(ATTEMPT), code });

		test('that is good pays', async () => {
			expect(await pay(can(rig.vouchers).good)).toMatchObject({ kind: 'succeeded', amount });
			expect((await told())?.outcome).toEqual(await inquire());
		});

		test.each([
			['used', 'used_voucher'],
			['unknown', 'invalid_voucher']
		] as const)('that is %s does not', async (which, reason) => {
			const outcome = await pay(can(rig.vouchers)[which]);
			expect(outcome).toMatchObject({ kind: 'declined', reason });
			expect(await charges()).toBe(0);
		});
	});
}
