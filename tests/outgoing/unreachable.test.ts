import { createServer, type ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createGuardedFetch, type OutgoingRequest } from '$lib/server/outgoing/guarded-fetch';
import { OutgoingError } from '$lib/server/outgoing/outgoing-error';
import { close, closeServers, listen, serve } from './local-servers';

const get: OutgoingRequest = { method: 'GET', timeoutMs: 5000, maxResponseBytes: 16_384 };
const fetchHere = createGuardedFetch({ allowLoopback: true });

afterEach(closeServers);

async function failure(promise: Promise<unknown>): Promise<OutgoingError> {
	const error: unknown = await promise.then(
		() => new Error('no failure'),
		(thrown) => thrown
	);
	if (error instanceof OutgoingError) return error;
	throw error;
}

describe('a connection that is never made', () => {
	it('to a port where nobody listens', async () => {
		const gone = createServer();
		const { port } = await listen(gone);
		await close(gone);
		const error = await failure(fetchHere(`http://127.0.0.1:${port}/s3cret`, get));
		expect(error.kind).toBe('unreachable');
		expect(error.message).not.toContain('s3cret');
	});

	it('because the other side speaks no TLS: nothing of the request is seen', async () => {
		let seen = '';
		const server = createTcpServer((socket) =>
			socket.once('data', (data) => {
				seen += data.toString('latin1');
				socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
			})
		);
		const { port } = await listen(server);
		const error = await failure(fetchHere(`https://127.0.0.1:${port}/s3cret`, get));
		expect(error.kind).toBe('unreachable');
		expect(seen).not.toBe('');
		expect(seen).not.toContain('s3cret');
	});

	it('because all are taken until the deadline: what waited is never sent', async () => {
		const asked: string[] = [];
		const held: ServerResponse[] = [];
		const { port } = await serve(({ url = '' }, response) => {
			asked.push(url);
			held.push(response);
		});
		const taken = Array.from({ length: 64 }, (_, at) =>
			fetchHere(`http://127.0.0.1:${port}/${at}`, get)
		);
		await expect.poll(() => held.length).toBe(64);
		const waiting = fetchHere(`http://127.0.0.1:${port}/late`, { ...get, timeoutMs: 50 });
		expect((await failure(waiting)).kind).toBe('unreachable');
		for (const response of held.splice(0)) response.end();
		await Promise.all(taken);
		const next = fetchHere(`http://127.0.0.1:${port}/next`, get);
		await expect.poll(() => held.length).toBe(1);
		for (const response of held) response.end();
		await next;
		expect(asked).not.toContain('/late');
		expect(asked).toHaveLength(65);
	});
});

describe('a kept connection', () => {
	it('that breaks under a request is a broken one, for the request was written', async () => {
		let asked = 0;
		const { port } = await serve((request, response) => {
			if (++asked === 1) response.end('ok');
			else request.socket.destroy();
		});
		await fetchHere(`http://127.0.0.1:${port}/`, get);
		await nextTurn();
		const error = await failure(fetchHere(`http://127.0.0.1:${port}/`, get));
		expect(error.kind).toBe('connection');
		expect(asked).toBe(2);
	});
});
