import { createServer as createTcpServer } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createGuardedFetch, type OutgoingRequest } from '$lib/server/outgoing/guarded-fetch';
import { OutgoingError } from '$lib/server/outgoing/outgoing-error';
import { closeServers, listen, serve, serveRaw } from './local-servers';

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

describe('a request that may be sent', () => {
	it('carries method, path, headers and body, and brings back the answer', async () => {
		const { port } = await serve(async (request, response) => {
			let body = '';
			for await (const chunk of request) body += chunk;
			const { method, url, headers } = request;
			response.writeHead(201, { 'X-Answer': 'a', 'X-Many': ['1', '2'] });
			response.end(JSON.stringify({ method, url, type: headers['content-type'], body }));
		});
		const response = await fetchHere(`http://127.0.0.1:${port}/a/b?c=d#e`, {
			...get,
			method: 'POST',
			headers: { 'Content-Type': 'text/x' },
			body: 'žluť'
		});
		expect(response).toMatchObject({
			status: 201,
			headers: { 'x-answer': 'a', 'x-many': '1, 2' },
			truncated: false
		});
		expect(JSON.parse(response.body)).toEqual({
			method: 'POST',
			url: '/a/b?c=d',
			type: 'text/x',
			body: 'žluť'
		});
	});

	it('shares a connection with the next ones to the same origin', async () => {
		const { port, connections } = await serve((_, response) => response.end('ok'));
		for (let round = 0; round < 5; round++) {
			expect((await fetchHere(`http://127.0.0.1:${port}/${round}`, get)).body).toBe('ok');
			// undici gives a connection back one turn of the event loop after the answer's end.
			await nextTurn();
		}
		expect(connections()).toBe(1);
	});

	it('follows no redirect', async () => {
		const asked: (string | undefined)[] = [];
		const { port } = await serve(({ url }, response) => {
			asked.push(url);
			response.writeHead(302, { location: '/elsewhere' }).end('moved');
		});
		const response = await fetchHere(`http://127.0.0.1:${port}/here`, get);
		expect(response).toMatchObject({ status: 302, body: 'moved' });
		expect(response.headers.location).toBe('/elsewhere');
		expect(asked).toEqual(['/here']);
	});
});

describe('an answer', () => {
	it('without end is cut, and its connection closed', async () => {
		let closed: () => void;
		const isClosed = new Promise<void>((resolve) => (closed = resolve));
		const { port } = await serve((_, response) => {
			response.on('close', () => closed());
			const write = () => {
				while (response.write('x'.repeat(1000)));
				response.once('drain', write);
			};
			write();
		});
		const response = await fetchHere(`http://127.0.0.1:${port}/`, get);
		expect(response).toEqual({
			status: 200,
			headers: expect.any(Object),
			body: 'x'.repeat(16_384),
			truncated: true
		});
		await isClosed;
	});

	it.each([
		[9, false],
		[10, false],
		[11, true]
	])('of %i bytes, where 10 are read: truncated %s', async (length, truncated) => {
		const { port } = await serve((_, response) => response.end('x'.repeat(length)));
		const response = await fetchHere(`http://127.0.0.1:${port}/`, { ...get, maxResponseBytes: 10 });
		expect(response).toMatchObject({ truncated, body: 'x'.repeat(Math.min(length, 10)) });
	});

	it.each([
		['never begins', () => undefined],
		['stops after its head', (response: NodeJS.WritableStream) => response.write('x')],
		[
			'drips without end',
			(response: NodeJS.WritableStream) => {
				const timer = setInterval(() => response.write('x'), 5);
				response.once('close', () => clearInterval(timer));
			}
		]
	])('that %s is given up at the deadline', async (_, answer) => {
		const { port } = await serve((__, response) => void answer(response));
		const begun = performance.now();
		const error = await failure(fetchHere(`http://127.0.0.1:${port}/`, { ...get, timeoutMs: 150 }));
		expect(error.kind).toBe('timeout');
		expect(performance.now() - begun).toBeLessThan(2000);
	});

	it.each([
		['no HTTP at all', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
		['a status that is none', 'HTTP/1.1 abc OK\r\n\r\n'],
		['a length that is none', 'HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\nbody'],
		['a head without end', `HTTP/1.1 200 OK\r\n${`x-a: ${'a'.repeat(1000)}\r\n`.repeat(40)}\r\n`]
	])('with %s is unreadable', async (_, answer) => {
		const { port } = await serveRaw(answer);
		expect((await failure(fetchHere(`http://127.0.0.1:${port}/`, get))).kind).toBe('unreadable');
	});

	it('that breaks off is a broken connection', async () => {
		const { port } = await serve((_, response) => {
			response.writeHead(200, { 'content-length': '100' });
			response.write('x', () => response.destroy());
		});
		expect((await failure(fetchHere(`http://127.0.0.1:${port}/`, get))).kind).toBe('connection');
	});

	it('of nothing but an end, after all was read, is a broken connection', async () => {
		const server = createTcpServer((socket) => socket.once('data', () => socket.destroy()));
		const { port } = await listen(server);
		expect((await failure(fetchHere(`http://127.0.0.1:${port}/`, get))).kind).toBe('connection');
	});
});

describe('what is refused', () => {
	it.each([
		'http://merchant.example/',
		'https://user:pass@merchant.example/',
		'https://10.0.0.1/',
		'https://[::ffff:7f00:1]/',
		'https://[::127.0.0.1]/',
		'https://169.254.169.254/latest/meta-data',
		'not an address'
	])('%s, without a look-up', async (address) => {
		let lookups = 0;
		const lookup = async () => [`8.8.8.${lookups++}`];
		const fetch = createGuardedFetch({ allowLoopback: true, lookup });
		expect((await failure(fetch(address, get))).kind).toBe('refused');
		expect(lookups).toBe(0);
	});

	it('this machine, unless it is allowed', async () => {
		const { port, connections } = await serve((_, response) => response.end('ok'));
		const fetch = createGuardedFetch({ allowLoopback: false });
		for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433']) {
			for (const scheme of ['http', 'https']) {
				const error = await failure(fetch(`${scheme}://${host}:${port}/`, get));
				expect(error.kind).toBe('refused');
			}
		}
		expect(connections()).toBe(0);
		expect((await fetchHere(`http://localhost:${port}/`, get)).body).toBe('ok');
	});

	it.each([
		['127.0.0.1'],
		['10.0.0.1'],
		['8.8.8.8', '127.0.0.1'],
		['::ffff:127.0.0.1'],
		['::1'],
		[]
	])('a name that leads to %s', async (...ips) => {
		const { port, connections } = await serve((_, response) => response.end('ok'));
		const fetch = createGuardedFetch({ allowLoopback: true, lookup: async () => ips });
		const error = await failure(fetch(`https://merchant.example:${port}/`, get));
		expect(error.kind).toBe('refused');
		expect(connections()).toBe(0);
	});

	it('a header that would be two', async () => {
		const { port, connections } = await serve((_, response) => response.end('ok'));
		const headers = { 'x-a': 'b\r\nx-c: d' };
		const error = await failure(fetchHere(`http://127.0.0.1:${port}/`, { ...get, headers }));
		expect(error.kind).toBe('refused');
		expect(connections()).toBe(0);
	});
});

describe('the look-up', () => {
	it('happens once a connection, and the connection goes to its answer', async () => {
		const { port } = await serve(({ headers }, response) => response.end(headers.host));
		const answers = [['127.0.0.1'], ['10.0.0.1']];
		const asked: string[] = [];
		const fetch = createGuardedFetch({
			allowLoopback: true,
			lookup: async (host) => {
				asked.push(host);
				return answers.shift() ?? [];
			}
		});
		const address = `http://shop.localhost:${port}/`;
		expect((await fetch(address, get)).body).toBe(`shop.localhost:${port}`);
		await nextTurn();
		expect((await fetch(address, get)).body).toBe(`shop.localhost:${port}`);
		expect(asked).toEqual(['shop.localhost']);
	});

	it('happens again for a new connection, which is checked again', async () => {
		const { port, connections } = await serve((_, response) => {
			response.writeHead(200, { connection: 'close' }).end('ok');
		});
		const answers = [['127.0.0.1'], ['10.0.0.1']];
		const lookup = async () => answers.shift() ?? [];
		const fetch = createGuardedFetch({ allowLoopback: true, lookup });
		expect((await fetch(`http://shop.localhost:${port}/`, get)).body).toBe('ok');
		expect((await failure(fetch(`http://shop.localhost:${port}/`, get))).kind).toBe('refused');
		expect(connections()).toBe(1);
		expect(answers).toEqual([]);
	});

	it('knows no dots at the end of a name', async () => {
		const { port } = await serve(({ headers }, response) => response.end(headers.host));
		const lookup = async (host: string) => (host === 'shop.localhost' ? ['127.0.0.1'] : []);
		const fetch = createGuardedFetch({ allowLoopback: true, lookup });
		const response = await fetch(`http://shop.localhost.:${port}/`, get);
		expect(response.body).toBe(`shop.localhost:${port}`);
	});

	it('that hangs ends at the deadline, and nothing is sent when it wakes', async () => {
		const asked: (string | undefined)[] = [];
		const { port } = await serve(({ url }, response) => {
			asked.push(url);
			response.end('ok');
		});
		const woken = Promise.withResolvers<string[]>();
		const fetch = createGuardedFetch({ allowLoopback: true, lookup: () => woken.promise });
		const late = fetch(`http://shop.localhost:${port}/late`, { ...get, timeoutMs: 50 });
		expect((await failure(late)).kind).toBe('unreachable');
		woken.resolve(['127.0.0.1']);
		expect((await fetch(`http://shop.localhost:${port}/next`, get)).body).toBe('ok');
		expect(asked).toEqual(['/next']);
	});

	it('that fails makes no connection', async () => {
		const lookup = async () => Promise.reject(new Error('ENOTFOUND'));
		const fetch = createGuardedFetch({ allowLoopback: false, lookup });
		expect((await failure(fetch('https://merchant.example/', get))).kind).toBe('unreachable');
	});
});

describe('the caller', () => {
	it('can give a request up, before it is sent and after', async () => {
		const controller = new AbortController();
		const { port, connections } = await serve(() => controller.abort());
		const { signal } = controller;
		const begun = fetchHere(`http://127.0.0.1:${port}/`, { ...get, signal });
		expect((await failure(begun)).kind).toBe('connection');
		const stillborn = fetchHere(`http://127.0.0.1:${port}/`, { ...get, signal });
		expect((await failure(stillborn)).kind).toBe('connection');
		expect(connections()).toBe(1);
	});
});
