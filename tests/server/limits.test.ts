import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../app';
import { openSocket } from './raw-socket';

let app: App;
beforeAll(async () => {
	app = await startApp({ engine: 'sqlite' });
});
afterAll(() => app.stop());

const head = 'POST /api/v1/cashier HTTP/1.1\r\nhost: localhost\r\n';

describe.concurrent('a connection', () => {
	test('with half of its headers is ended within the limit', async () => {
		const startedAt = performance.now();
		const { socket, closed, received } = await openSocket(app.place.port);
		socket.write(head);
		// One more line each second does not buy more time.
		const drip = setInterval(() => socket.writable && socket.write('x-a: b\r\n'), 1_000);
		await closed;
		clearInterval(drip);
		const tookMs = performance.now() - startedAt;
		expect(tookMs).toBeGreaterThan(8_000);
		expect(tookMs).toBeLessThan(14_000);
		expect(received()).toMatch(/^(HTTP\/1\.1 4\d\d .*|)/);
	});

	test('that speaks no HTTP is answered 400 and closed', async () => {
		const { socket, closed, received } = await openSocket(app.place.port);
		socket.write('\x16\x03\x01\x02\x00\x01\x00\r\n\r\n');
		await closed;
		expect(received()).toMatch(/^HTTP\/1\.1 400 /);
	});

	test('with headers over the limit is refused', async () => {
		const { socket, closed, received } = await openSocket(app.place.port);
		socket.write(`${head}x-long: ${'x'.repeat(100_000)}\r\n\r\n`);
		await closed;
		expect(received()).toMatch(/^HTTP\/1\.1 4\d\d /);
	});

	test('whose body was refused unread takes the next request', async () => {
		const { socket, until } = await openSocket(app.place.port);
		const size = 300 * 1024;
		socket.write(`${head}content-type: application/json\r\ncontent-length: ${size}\r\n\r\n`);
		socket.write(' '.repeat(size));
		socket.write('GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n');
		const answers = await until(/HTTP\/1\.1 200 /);
		expect(answers).toMatch(/^HTTP\/1\.1 401 [^]*HTTP\/1\.1 200 /);
		socket.destroy();
	});

	test('with two lengths for one body is refused', async () => {
		const { socket, closed, received } = await openSocket(app.place.port);
		socket.write(`${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`);
		await closed;
		expect(received()).toMatch(/^HTTP\/1\.1 400 /);
	});
});

describe('an address', () => {
	test.each(['/pay/%E0%A4%A', '/%', '/api/v1/transactions?%', '/pay/%00', '//evil.example/'])(
		'such as %s is no fault of ours',
		async (path) => {
			const { socket, until } = await openSocket(app.place.port);
			socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
			expect(await until(/^HTTP\/1\.1 \d+[^]*\r\n\r\n/)).toMatch(/^HTTP\/1\.1 [34]\d\d /);
			socket.destroy();
		}
	);

	test('that leads nowhere shows an error page that nobody may frame', async () => {
		const { status, headers } = await fetch(`${app.origin}/nowhere`, {
			headers: { accept: 'text/html' }
		});
		expect(status).toBe(404);
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
		expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
	});
});
