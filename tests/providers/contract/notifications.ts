import { beforeEach, describe, expect, test } from 'vitest';
import type { Provider, RawNotification } from '$lib/server/providers/provider';
import {
	amount,
	ATTEMPT,
	can,
	finish,
	firstWayOf,
	onWire,
	reference,
	ways,
	type ContractRig,
	type OpenRig
} from './rig';

/** What every provider's reading of notifications keeps. */
export function describeNotifications(provider: Provider, openRig: OpenRig): void {
	let rig: ContractRig;
	beforeEach(async () => {
		rig = await openRig();
	});
	const way = firstWayOf(provider);
	const inquire = () => rig.provider.inquire(rig.call, reference);

	describe('notification', () => {
		const read = (message: RawNotification) => rig.provider.readNotification(rig.call, message);

		async function paidNotification(): Promise<RawNotification> {
			await ways[way](rig, rig.call, amount);
			await finish(rig, way);
			return rig.notificationOf(ATTEMPT);
		}

		test('tells the outcome that an inquiry tells', async () => {
			expect(read(await paidNotification())).toEqual({
				id: expect.any(String),
				attemptId: ATTEMPT,
				providerReference: expect.any(String),
				amount,
				outcome: await inquire()
			});
		});

		test.runIf(provider.payByCard)('of a decline tells the decline', async () => {
			const declined = can(rig.payment)(can(rig.cards).declined, ATTEMPT);
			await can(rig.provider.payByCard)(rig.call, declined);
			const notification = read(await rig.notificationOf(ATTEMPT));
			expect(notification?.outcome).toEqual(await inquire());
		});

		test('signed with another secret is not authentic', async () => {
			const message = await paidNotification();
			const credentials = Object.fromEntries(
				Object.entries(rig.call.credentials).map(([field, value]) => [
					field,
					field.endsWith('secret') ? `${value}x` : value
				])
			);
			const call = { ...rig.call, credentials };
			expect(rig.provider.readNotification(call, message)).toBeUndefined();
		});

		test('without its headers is not authentic', async () => {
			const message = await paidNotification();
			expect(read({ ...message, headers: new Headers() })).toBeUndefined();
		});

		test('changed by one digit is not authentic', async () => {
			const message = await paidNotification();
			const body = message.body.replace(onWire(rig, 1005), onWire(rig, 1006));
			expect(body).not.toBe(message.body);
			expect(read({ ...message, body })).toBeUndefined();
		});

		test('is refused when it is older than five minutes, or from a time to come', async () => {
			const message = await paidNotification();
			const at = (ms: number) => read({ ...message, receivedAt: message.receivedAt + ms });
			expect(at(5 * 60_000 + 1_000)).toBeUndefined();
			expect(at(-5 * 60_000 - 1_000)).toBeUndefined();
			expect(at(4 * 60_000)).toBeDefined();
		});
	});
}
