import { expect, test } from 'vitest';
import { seedRequest } from './orders';
import { describeApi } from './stage';

const addresses = [
	'cashier',
	'withdrawal',
	'withdrawal/approve',
	'withdrawal/reject',
	'direct',
	's2s'
].map((name) => `/api/v1/${name}`);

describeApi('every address that takes a POST', (stage) => {
	test.each(addresses)('%s takes nothing else', async (path) => {
		for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
			const response = await fetch(stage.app.origin + path, {
				method,
				headers: { 'x-api-key': stage.merchant.testKey }
			});
			expect(response.status, method).toBe(405);
			expect(await response.json()).toMatchObject({ code: 'method_not_allowed' });
		}
	});

	test.each(addresses)('%s wants a key, JSON and sound JSON', async (path) => {
		const body = { request: seedRequest() };
		expect(await stage.call({ path, body, key: null })).toMatchObject({ status: 401 });
		expect(await stage.call({ path, body, key: 'cd_test_x' })).toMatchObject({ status: 401 });
		const headers = { 'content-type': 'text/plain' };
		expect(await stage.call({ path, body, headers })).toMatchObject({ status: 415 });
		expect(await stage.call({ path, body: '{"request":' })).toMatchObject({ status: 400 });
		const large = JSON.stringify({ request: 'x'.repeat(256 * 1024) });
		expect(await stage.call({ path, body: large })).toMatchObject({ status: 413 });
	});

	test.each(addresses)('%s refuses live keys where live mode is off', async (path) => {
		const key = stage.merchant.liveKey;
		const { status, json } = await stage.call({ path, key, body: { request: seedRequest() } });
		expect([status, json.code]).toEqual([403, 'live_disabled']);
	});
});
