import { beforeEach, describe, expect, test } from 'vitest';
import type { GuardedFetch } from '$lib/server/outgoing/guarded-fetch';
import { OutgoingError } from '$lib/server/outgoing/outgoing-error';
import type { Provider } from '$lib/server/providers/provider';
import {
	amount,
	finish,
	onWire,
	reference,
	ATTEMPT,
	ways,
	waysOf,
	type ContractRig,
	type OpenRig
} from './rig';

/** What holds for every verb that moves money, whatever it is. */
export function describeWays(provider: Provider, openRig: OpenRig): void {
	describe.each(waysOf(provider))('%s', (way) => {
		let rig: ContractRig;
		beforeEach(async () => {
			rig = await openRig();
		});
		const begin = (money = amount) => ways[way](rig, rig.call, money);
		const beginOver = (fetch: GuardedFetch) => ways[way](rig, { ...rig.call, fetch }, amount);
		const inquire = () => rig.provider.inquire(rig.call, reference);
		const charges = () => rig.charges(ATTEMPT);

		/** Answers that went through `change` on their way. */
		const changed = (change: (body: string, rig: ContractRig) => string): GuardedFetch => {
			const { fetch } = rig.call;
			return async (...request) => {
				const response = await fetch(...request);
				return { ...response, body: change(response.body, rig) };
			};
		};

		test('the inquiry agrees with the reply, before the money moved and after', async () => {
			expect(await inquire()).toEqual({ kind: 'absent' });
			const outcome = await begin();
			expect(await inquire()).toEqual(outcome);
			await finish(rig, way);
			expect(await begin()).toEqual(await inquire());
			expect(['succeeded', 'received']).toContain((await inquire()).kind);
			expect(await charges()).toBe(1);
		});

		test('fifty times at once under one key is one story, and money moves once', async () => {
			const outcomes = await Promise.all(Array.from({ length: 50 }, () => begin()));
			expect(new Set(outcomes.map((each) => JSON.stringify(each))).size).toBe(1);
			await finish(rig, way);
			await begin();
			expect(await charges()).toBe(1);
		});

		test('another amount under the same key is neither moved nor believed', async () => {
			const outcome = await begin();
			expect(await begin({ ...amount, amount: 9900 })).toMatchObject({ kind: 'unknown' });
			expect(await inquire()).toEqual(outcome);
		});

		test('canceled before it came: it is refused when it arrives', async () => {
			expect(await rig.provider.cancel(rig.call, reference)).toMatchObject({ kind: 'canceled' });
			expect(await begin()).toMatchObject({ kind: 'canceled' });
			expect(await inquire()).toMatchObject({ kind: 'canceled' });
			expect(await charges()).toBe(0);
		});

		test('called off after the money moved: it stays moved', async () => {
			await begin();
			await finish(rig, way);
			const { kind } = await inquire();
			expect(await rig.provider.cancel(rig.call, reference)).toMatchObject({ kind });
			expect(await charges()).toBe(1);
		});

		test('called off while it is asked for: all agree in the end, and the money with them', async () => {
			const cancel = () => rig.provider.cancel(rig.call, reference);
			await Promise.all([cancel(), begin(), cancel(), begin()]);
			if ((await inquire()).kind !== 'canceled') await finish(rig, way);
			const { kind } = await inquire();
			expect(['succeeded', 'received', 'canceled']).toContain(kind);
			expect(await charges()).toBe(kind === 'canceled' ? 0 : 1);
		});

		test('asked about under another reference of the provider: unknown', async () => {
			await begin();
			const other = { attemptId: ATTEMPT, providerReference: 'another' };
			expect(await rig.provider.inquire(rig.call, other)).toMatchObject({ kind: 'unknown' });
		});

		test('without a connection it is unreachable, and nothing came there', async () => {
			const outcome = await beginOver(async () => {
				throw new OutgoingError('unreachable', 'no connection');
			});
			expect(outcome).toMatchObject({ kind: 'unreachable' });
			expect(await inquire()).toEqual({ kind: 'absent' });
		});

		test.each(['timeout', 'connection', 'unreadable'] as const)(
			'an answer lost to a %s is unknown, and the inquiry settles it',
			async (kind) => {
				const { fetch } = rig.call;
				const outcome = await beginOver(async (...request) => {
					await fetch(...request);
					throw new OutgoingError(kind, 'lost');
				});
				expect(outcome).toMatchObject({ kind: 'unknown' });
				expect(await inquire()).toEqual(await begin());
			}
		);

		test.each([
			['cut off', (body: string) => body.slice(0, -1)],
			[
				'of another amount',
				(body: string, rig: ContractRig) => body.replaceAll(onWire(rig, 1005), onWire(rig, 1006))
			],
			['of another currency', (body: string) => body.replaceAll('"EUR"', '"USD"')],
			['about another attempt', (body: string) => body.replace(ATTEMPT, 'another')]
		])('an answer %s is unknown', async (_, change) => {
			expect(await beginOver(changed(change))).toMatchObject({ kind: 'unknown' });
		});
	});

	describe('asking how it stands, and calling it off', () => {
		test.each(['inquire', 'cancel'] as const)(
			'%s without a connection is unknown: an earlier request may have arrived',
			async (verb) => {
				const rig = await openRig();
				const fetch = async () => {
					throw new OutgoingError('unreachable', 'no connection');
				};
				const outcome = await rig.provider[verb]({ ...rig.call, fetch }, reference);
				expect(outcome).toMatchObject({ kind: 'unknown' });
			}
		);
	});
}
