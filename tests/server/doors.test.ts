import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../app';

describe('/metrics', () => {
	let app: App;
	const token = 'a-token-for-the-metrics';
	const statusFrom = async (host: string, headers: Record<string, string> = {}) => {
		const response = await fetch(`http://${host}:${app.place.port}/metrics`, { headers });
		const text = await response.text();
		expect(text.includes('cashdesk_http_request_seconds')).toBe(response.status === 200);
		return response.status;
	};
	const right = { authorization: `Bearer ${token}` };

	describe('of a server that is reached directly', () => {
		beforeAll(async () => {
			const env = { HOST: '0.0.0.0', CASHDESK_METRICS_TOKEN: token };
			app = await startApp({ engine: 'sqlite', env });
		});
		afterAll(() => app.stop());

		test('is open on loopback', async () => {
			expect(await statusFrom('127.0.0.1')).toBe(200);
		});

		test('is closed to other addresses without the token', async () => {
			const outside = Object.values(networkInterfaces())
				.flatMap((each) => each ?? [])
				.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
			// A machine without a network still has more addresses of its own than the one let in.
			const address = outside ?? '127.0.0.2';
			if (outside) expect(await statusFrom(address)).toBe(404);
			expect(await statusFrom(address, right)).toBe(200);
		});
	});

	describe('behind a proxy', () => {
		beforeAll(async () => {
			const env = {
				CASHDESK_ADDRESS_HEADER: 'x-forwarded-for',
				CASHDESK_METRICS_TOKEN: token
			};
			app = await startApp({ engine: 'sqlite', env });
		});
		afterAll(() => app.stop());

		test('needs the token, whatever address is claimed', async () => {
			const from = { 'x-forwarded-for': '127.0.0.1' };
			expect(await statusFrom('127.0.0.1', from)).toBe(404);
			expect(await statusFrom('127.0.0.1', { ...from, authorization: 'Bearer x' })).toBe(404);
			expect(await statusFrom('127.0.0.1', { ...from, authorization: 'Bearer ' })).toBe(404);
			expect(await statusFrom('127.0.0.1', { ...from, ...right })).toBe(200);
		});

		test('does not make a request without the proxy’s header fail', async () => {
			const response = await fetch(`${app.origin}/readyz`);
			expect(response.status).toBe(200);
		});
	});
});

describe('a form of another site', () => {
	let app: App;
	let path: string;
	beforeAll(async () => {
		app = await startApp({ engine: 'sqlite' });
		const request = { mode: 'test', user_id: '1', tracking_id: 'x', currency: 'EUR', amount: 5 };
		const response = await fetch(`${app.origin}/api/v1/cashier`, {
			method: 'POST',
			headers: {
				'x-api-key': app.demo.cashier.api_key,
				'content-type': 'application/json'
			},
			body: JSON.stringify({ request })
		});
		const { token } = (await response.json()) as { token: string };
		path = `/pay/${token}`;
	});
	afterAll(() => app.stop());

	const post = (address: string, headers: Record<string, string>) =>
		fetch(app.origin + address, {
			method: 'POST',
			redirect: 'manual',
			headers: {
				accept: 'text/html',
				'content-type': 'application/x-www-form-urlencoded',
				...headers
			},
			body: 'PaRes=x&MD=y'
		});

	const foreign: Record<string, string>[] = [
		{ origin: 'https://evil.example' },
		{ origin: 'null' },
		{},
		{ origin: 'https://evil.example', 'content-type': 'text/plain' },
		{ origin: 'https://evil.example', 'content-type': 'multipart/form-data; boundary=x' },
		{ 'sec-fetch-site': 'cross-site' },
		{ 'sec-fetch-site': 'same-site' },
		{ 'sec-fetch-site': 'none' }
	];

	test.each(foreign)('with %o is refused by the page', async (headers) => {
		for (const address of [path, `${path}/cancel`, `${path}?/pay`, '/demo']) {
			expect((await post(address, headers)).status, address).toBe(403);
		}
	});

	test.each(foreign)('with %o is let in where banks and providers send it', async (headers) => {
		const back = await post(`${path}/return`, headers);
		expect(back.status).toBe(303);
		expect(new URL(back.headers.get('location') ?? '', app.origin).href).toContain(
			app.origin + path
		);
		// Refused for want of a signature, not for where it came from.
		expect((await post('/provider-callbacks/simulator/1', headers)).status).toBe(401);
	});

	test('that cannot be read is no fault of ours', async () => {
		for (const type of ['text/plain', 'multipart/form-data', 'multipart/form-data; boundary=x']) {
			for (const address of [path, '/demo']) {
				const reply = await post(address, { origin: app.origin, 'content-type': type });
				expect(reply.status, `${address} ${type}`).toBe(400);
			}
		}
	});

	test('is taken by the page when it is its own', async () => {
		const { status } = await post(path, { origin: app.origin });
		expect([303, 422]).toContain(status);
		const told = await post(path, { origin: app.origin, 'sec-fetch-site': 'same-origin' });
		expect([303, 422]).toContain(told.status);
	});
});
