import { connect, type Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import { testCard } from './test-card.ts';

/**
 * The load generator, a process of its own so that it takes no time from what it measures. It
 * speaks HTTP over bare sockets: a client library costs as much as the server that it asks.
 */
export interface Load {
	port: number;
	target: 'session' | 'keyed session' | 'page' | 's2s';
	connections: number;
	ms: number;
	/** Requests a second, sent whether or not earlier ones were answered; 0: as many as can be. */
	rate: number;
	apiKey: string;
	/** Where the demo's application lets payers return to. */
	returnUrl: string;
	/** Sessions whose pages are viewed. */
	tokens: string[];
}

export interface Outcome {
	perSecond: number;
	p99Ms: number;
	/** The last answer that was not 200: a run with one is void. */
	refusal: string | undefined;
}

/** One keep-alive connection that carries one request at a time. */
interface Line {
	socket: Socket;
	/** When the request under way was due; 0 while the line is free. */
	dueAt: number;
	/** Bytes of the answer that are still to come; -1 while its head is; NaN when it is chunked. */
	missing: number;
	/** The end of what came last, where a chunked answer shows its own end. */
	tail: string;
	refusal: string | undefined;
}

const LAST_CHUNK = '0\r\n\r\n';

process.on('message', (load: Load) => {
	run(load).then(
		(outcome) => process.send?.(outcome),
		(error: unknown) => {
			process.stderr.write(`The load generator failed: ${String(error)}\n`);
			process.exit(1);
		}
	);
});

async function run(load: Load): Promise<Outcome> {
	const latencies: number[] = [];
	let refusal: string | undefined;
	let stopped = false;
	const free: Line[] = [];
	const overdue: number[] = [];
	const write = requestsOf(load);

	const send = (line: Line, dueAt: number) => {
		line.dueAt = dueAt;
		line.missing = -1;
		line.tail = '';
		line.socket.write(write());
	};
	const answered = (line: Line) => {
		latencies.push(performance.now() - line.dueAt);
		if (line.refusal) refusal = line.refusal;
		if (stopped) return;
		if (load.rate === 0) return send(line, performance.now());
		const dueAt = overdue.shift();
		if (dueAt === undefined) free.push(line);
		else send(line, dueAt);
	};
	const lines = await Promise.all(
		Array.from({ length: load.connections }, () => open(load.port, answered))
	);
	free.push(...lines);

	const startedAt = performance.now();
	if (load.rate === 0) for (const line of free.splice(0)) send(line, startedAt);
	else
		await sendAtRate(load, startedAt, (dueAt) => {
			const line = free.pop();
			if (line) send(line, dueAt);
			else overdue.push(dueAt);
		});
	await elapse(startedAt + load.ms - performance.now());
	stopped = true;
	const tookMs = performance.now() - startedAt;
	const counted = latencies.length;
	// What nobody answered in time counts as slow as it was by then.
	for (const dueAt of overdue) latencies.push(performance.now() - dueAt);
	for (const { socket } of lines) socket.destroy();
	latencies.sort((a, b) => a - b);
	const p99Ms = latencies[Math.floor(latencies.length * 0.99)] ?? NaN;
	return { perSecond: (counted / tookMs) * 1000, p99Ms, refusal };
}

/** Calls `due` for each request at its moment, evenly spaced; timers here are exact to 1 ms. */
async function sendAtRate(load: Load, startedAt: number, due: (dueAt: number) => void) {
	const total = Math.floor((load.rate * load.ms) / 1000);
	for (let sent = 0; sent < total;) {
		const now = performance.now();
		const until = Math.min(total, ((now - startedAt) / 1000) * load.rate);
		for (; sent < until; sent++) due(now);
		await elapse(1);
	}
}

function elapse(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, Math.max(ms, 0)));
}

function open(port: number, answered: (line: Line) => void): Promise<Line> {
	return new Promise((resolve, reject) => {
		const socket = connect({ port, host: '127.0.0.1', noDelay: true });
		const line: Line = { socket, dueAt: 0, missing: -1, tail: '', refusal: undefined };
		socket.on('connect', () => resolve(line));
		socket.on('error', reject);
		socket.on('end', () => {
			throw new Error('The server closed a connection');
		});
		socket.on('data', (bytes) => {
			if (isWhole(line, bytes)) answered(line);
		});
	});
}

/** Takes in what came and says whether the answer is complete. */
function isWhole(line: Line, bytes: Buffer): boolean {
	if (line.missing === -1) {
		const head = bytes.toString('latin1', 0, 4096);
		const end = head.indexOf('\r\n\r\n');
		if (end === -1) throw new Error('The head of an answer came in pieces');
		line.refusal = head.startsWith('HTTP/1.1 200') ? undefined : head;
		const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
		line.missing = length === undefined ? NaN : end + 4 + Number(length);
	}
	if (!Number.isNaN(line.missing)) return (line.missing -= bytes.length) === 0;
	line.tail = (line.tail + bytes.toString('latin1', Math.max(0, bytes.length - 5))).slice(-5);
	return line.tail === LAST_CHUNK;
}

/** A writer of the next request: each session has a tracking id of its own. */
function requestsOf({ target, apiKey, tokens, returnUrl, port }: Load): () => string {
	const host = `host: localhost:${port}\r\n`;
	const accepts = 'accept-encoding: gzip, deflate, br\r\n';
	let next = 0;
	if (target === 'page') {
		const requests = tokens.map(
			(token) => `GET /pay/${token} HTTP/1.1\r\n${host}accept: text/html\r\n${accepts}\r\n`
		);
		return () => requests[next++ % requests.length] ?? '';
	}
	const run = randomUUID();
	const path = target === 's2s' ? '/api/v1/s2s' : '/api/v1/cashier';
	return () => {
		const id = `${run}-${next++}`;
		const body = target === 's2s' ? chargeOf(id, returnUrl) : orderOf(id, returnUrl);
		const key = target === 'keyed session' ? `idempotency-key: ${id}\r\n` : '';
		return (
			`POST ${path} HTTP/1.1\r\n${host}x-api-key: ${apiKey}\r\n${accepts}${key}` +
			`content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
		);
	};
}

/** What a shop sends: who pays, how much, and where they are led afterwards. ASCII only. */
function orderOf(trackingId: string, returnUrl: string): string {
	const request = {
		mode: 'test',
		user_id: 'payer-1048576',
		tracking_id: trackingId,
		ip: '203.0.113.7',
		amount: '10.05',
		currency: 'EUR',
		amount_restricted: true,
		settings: { return_url: returnUrl, locale: 'en', methods: ['card'] },
		customer: {
			first_name: 'Ada',
			last_name: 'Muster',
			email: 'ada.muster@shop.example',
			country_code: 'DE'
		}
	};
	return JSON.stringify({ request });
}

/** What a merchant's server sends whose own form took the card. */
function chargeOf(trackingId: string, returnUrl: string): string {
	const request = {
		mode: 'test',
		user_id: 'payer-1048576',
		tracking_id: trackingId,
		ip: '203.0.113.7',
		amount: '10.05',
		currency: 'EUR',
		settings: { return_url: returnUrl, locale: 'en' },
		customer: {
			first_name: 'Ada',
			last_name: 'Muster',
			email: 'ada.muster@shop.example',
			country_code: 'DE'
		}
	};
	return JSON.stringify({ request, card_details: testCard });
}
