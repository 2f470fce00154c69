import { describe, expect, test } from 'vitest';
import { startApp, type App } from '../app';
import { openSocket } from './raw-socket';

/** Begins a call that opens a session, and keeps back the end of its body. */
async function beginCall({ place, demo }: App) {
	const request = { mode: 'test', user_id: '1', tracking_id: 'slow', currency: 'EUR', amount: 5 };
	const body = JSON.stringify({ request });
	const connection = await openSocket(place.port);
	connection.socket.write(
		[
			'POST /api/v1/cashier HTTP/1.1',
			'host: localhost',
			'content-type: application/json',
			`x-api-key: ${demo.cashier.api_key}`,
			`content-length: ${body.length}`,
			'expect: 100-continue',
			'',
			''
		].join('\r\n')
	);
	// The server has begun with it once it says that it wants the body.
	await connection.until(/^HTTP\/1\.1 100 /);
	connection.socket.write(body.slice(0, 10));
	return { ...connection, finish: () => connection.socket.write(body.slice(10)) };
}

/** Resolves once nobody takes connections on the port any more. */
async function untilRefused(port: number): Promise<void> {
	for (;;) {
		const response = await fetch(`http://127.0.0.1:${port}/healthz`, {
			headers: { connection: 'close' }
		}).catch(() => undefined);
		if (!response) return;
		await response.body?.cancel();
	}
}

describe.concurrent.each(['sqlite', 'postgres'] as const)('a process on %s', (engine) => {
	test('that is told to stop finishes what it has begun and ends with 0', async () => {
		const app = await startApp({ engine });
		const call = await beginCall(app);
		const exit = app.kill('SIGTERM');
		await untilRefused(app.place.port);
		call.finish();
		const answer = await call.until(/"token":"[\w-]{43}"/);
		expect(answer).toMatch(/HTTP\/1\.1 200 [^]*"token":"[\w-]{43}"/);
		const answeredAt = performance.now();
		expect(await exit).toBe(0);
		// The connection is open for more requests, and yet nobody waits for them.
		expect(performance.now() - answeredAt).toBeLessThan(5_000);
		// What was answered as done is there after a restart.
		const again = await startApp({ engine, at: app.place });
		const status = await fetch(`${again.origin}/api/v1/transaction/status?id=slow`, {
			headers: { 'x-api-key': again.demo.cashier.api_key }
		});
		expect(status.status).toBe(200);
		expect(await again.kill('SIGINT')).toBe(0);
		await app.stop();
	});

	test('does not wait for ever for a caller that hangs', async () => {
		const app = await startApp({ engine });
		const call = await beginCall(app);
		const startedAt = performance.now();
		expect(await app.kill('SIGTERM')).toBe(0);
		expect(performance.now() - startedAt).toBeLessThan(14_000);
		await call.closed;
		await app.stop();
	});
});
