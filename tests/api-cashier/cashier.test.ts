import { expect, test } from 'vitest';
import { describeApi } from './stage';
import { orderWith, seedRequest } from './orders';

describeApi('POST /cashier', (stage) => {
	test('takes the example of the contract and answers with a token', async () => {
		const { status, text, json, headers } = await stage.call({ body: { request: seedRequest() } });
		expect(status, text).toBe(200);
		expect(Object.keys(json)).toEqual(['token']);
		expect(json.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
		expect(headers.get('content-type')).toBe('application/json');
		expect(headers.get('cache-control')).toBe('no-store');
		expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
	});

	test('needs no more than mode, payer, tracking id and currency', async () => {
		const { mode, user_id, tracking_id, currency } = seedRequest();
		const request = { mode, user_id, tracking_id, currency };
		const { status, text } = await stage.call({ body: { request } });
		expect(status, text).toBe(200);
	});

	test('keeps the amount exactly as it was written', async () => {
		const written = [
			['EUR', '0.1', 10],
			['EUR', '0.29', 29],
			['EUR', '"1.10"', 110],
			['JPY', '500', 500],
			['KWD', '1.005', 1005],
			['EUR', '9999999999999.99', 999_999_999_999_999]
		] as const;
		for (const [currency, amount, minor] of written) {
			const reference = crypto.randomUUID();
			const request = `"mode":"test","user_id":1,"tracking_id":"${reference}"`;
			const body = `{"request":{${request},"currency":"${currency}","amount":${amount}}}`;
			const { status, text } = await stage.call({ body });
			expect(status, `${amount} ${currency}: ${text}`).toBe(200);
			const row = await stage.context.db.read
				.selectFrom('transactions')
				.select(['amount', 'currency'])
				.where('reference', '=', reference)
				.executeTakeFirstOrThrow();
			expect(row).toEqual({ amount: minor, currency });
		}
	});

	test('takes every option of the settings', async () => {
		const settings = {
			return_url: 'https://shop.example/back?order=7',
			success_url: 'https://shop.example/thanks',
			failure_url: 'http://localhost:8080/sorry',
			cancel_url: 'https://shop.example/cart',
			webhook_url: 'https://shop.example/hook',
			locale: 'ar-EG',
			methods: ['card'],
			preset_amounts: [10, '20.50'],
			expires_in: 300,
			description: 'Two tickets'
		};
		const { status, text } = await stage.call({ body: orderWith('settings', settings) });
		expect(status, text).toBe(200);
	});

	test('takes the key in a header of any letter case', async () => {
		for (const name of ['x-api-key', 'X-API-KEY', 'X-Api-Key']) {
			const headers = { [name]: stage.merchant.testKey };
			const reply = await stage.call({ key: null, headers, body: { request: seedRequest() } });
			expect(reply.status, reply.text).toBe(200);
		}
	});

	test('answers other methods with 405 and no change', async () => {
		const before = await stage.countRows();
		for (const method of ['PUT', 'PATCH', 'DELETE']) {
			const response = await fetch(`${stage.app.origin}/api/v1/cashier`, {
				method,
				headers: { 'x-api-key': stage.merchant.testKey, 'content-type': 'application/json' },
				body: JSON.stringify({ request: seedRequest() })
			});
			expect(response.status).toBe(405);
		}
		expect(await stage.countRows()).toBe(before);
	});
});
