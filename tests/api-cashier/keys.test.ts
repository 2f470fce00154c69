import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createApiKey, revokeApiKeys } from '../../src/lib/server/merchants/api-keys';
import { makeApiKey } from '../../src/lib/server/secrets/make-secret';
import { seedRequest } from './orders';
import { addMerchant, describeApi } from './stage';

describeApi('the x-api-key header', (stage) => {
	const expectRefusal = async (key: string | null, expected: number, code: string) => {
		const before = await stage.countRows();
		const calls = [
			{ body: { request: seedRequest() } },
			{ path: '/api/v1/transactions' },
			{ path: '/api/v1/transaction/status?id=1' }
		];
		for (const call of calls) {
			const { status, json, text } = await stage.call({ ...call, key });
			expect(status, text).toBe(expected);
			expect(json).toMatchObject({ code, error: expect.stringMatching(/\w/) });
			expect(json.request_id).toMatch(/^[0-9a-f-]{36}$/);
		}
		expect(await stage.countRows()).toBe(before);
	};

	test('is needed', () => expectRefusal(null, 401, 'unauthenticated'));

	test('must hold a key that was made here', () =>
		expectRefusal(makeApiKey('cd_test', randomBytes), 401, 'unauthenticated'));

	test('must hold it without a typo', async () => {
		const key = stage.merchant.testKey;
		const last = key.endsWith('A') ? 'B' : 'A';
		const typos = [key.slice(0, -1) + last, key.slice(1), `${key}x`, key.toLowerCase(), 'x', ' '];
		for (const typo of typos) await expectRefusal(typo, 401, 'unauthenticated');
	});

	test('must not be of live mode while that is off', () =>
		expectRefusal(stage.merchant.liveKey, 403, 'live_disabled'));

	test('must fit the mode in the request', async () => {
		const before = await stage.countRows();
		const request = { ...seedRequest(), mode: 'live' };
		const { status, json, text } = await stage.call({ body: { request } });
		expect(status, text).toBe(403);
		expect(json.code).toBe('wrong_mode');
		expect(await stage.countRows()).toBe(before);
	});

	test('is refused within a second of being revoked, and a new key works', async () => {
		const { context } = stage;
		const { applicationId, testKey } = await addMerchant(context, 'Rescinded Ltd');
		const statusWith = async (key: string) =>
			(await stage.call({ path: '/api/v1/transactions', key })).status;
		expect(await statusWith(testKey)).toBe(200);
		const revokedAt = performance.now();
		await context.db.inTransaction((tx) =>
			revokeApiKeys(context, tx, { applicationId, mode: 'test' })
		);
		while ((await statusWith(testKey)) === 200) {
			expect(performance.now() - revokedAt).toBeLessThan(1_000);
		}
		expect(await statusWith(testKey)).toBe(401);
		const fresh = await context.db.inTransaction((tx) =>
			createApiKey(context, tx, { applicationId, mode: 'test', label: 'second' })
		);
		expect(await statusWith(fresh)).toBe(200);
	});

	test('appears in no row and in no line of the log', async () => {
		const { testKey, liveKey } = stage.merchant;
		await stage.call({ body: { request: seedRequest() } });
		const rows = await stage.context.db.read.selectFrom('api_keys').selectAll().execute();
		const everything = JSON.stringify(rows) + stage.app.logs();
		for (const key of [testKey, liveKey]) {
			expect(everything).toContain(key.slice(0, 12));
			expect(everything).not.toContain(key.slice(0, 20));
		}
	});
});
