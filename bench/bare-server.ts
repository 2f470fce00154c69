import { readFileSync } from 'node:fs';
import {
	Agent,
	createServer,
	request as ask,
	type IncomingMessage,
	type ServerResponse
} from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { openBarePostgres, openBareSqlite } from './bare-database.ts';
import { streamList } from './bare-list.ts';
import { openBarePayments, type BareCharge } from './bare-payments.ts';
import { openPostgresStore, openSqliteStore, type BareOrder } from './bare-store.ts';

/**
 * What the app is compared with: the least that a server can do for the same calls, on the same
 * database. No key, no checks, no limits, no router, no rendering.
 */
const { PORT, DATABASE_FILE = '', DATABASE_URL, PAGE_FILE = '' } = process.env;
const { APPLICATION_ID = '', MODEL_PAYMENT = '' } = process.env;
const store = DATABASE_URL ? openPostgresStore(DATABASE_URL) : openSqliteStore(DATABASE_FILE);
const database = DATABASE_URL ? openBarePostgres(DATABASE_URL) : openBareSqlite(DATABASE_FILE);
const payments = await openBarePayments(database, MODEL_PAYMENT, askAcquirer);
const page = readFileSync(PAGE_FILE);
const agent = new Agent({ keepAlive: true });

const compress = promisify(brotliCompress);
/** The quality at which the app's process compresses what it answers. */
const params = { [constants.BROTLI_PARAM_QUALITY]: 4 };

const server = createServer((request, response) => {
	answererOf(request)(request, response).catch((error: unknown) => {
		process.stderr.write(`The bare server failed: ${String(error)}\n`);
		response.writeHead(500).end();
	});
});
server.listen(Number(PORT), '127.0.0.1', () => process.stdout.write('ready\n'));

function answererOf({ method, url = '' }: IncomingMessage) {
	if (method === 'GET') return url.startsWith('/pay/') ? viewPage : list;
	if (url === '/acquirer/payments') return acquire;
	return url === '/api/v1/s2s' ? charge : openSession;
}

async function openSession(request: IncomingMessage, response: ServerResponse) {
	const body = (await readJson(request)) as { request: BareOrder };
	const key = request.headers['idempotency-key'];
	sendJson(response, { token: await store.insert(body.request, key?.toString()) });
}

async function charge(request: IncomingMessage, response: ServerResponse) {
	const transaction_id = await payments.charge((await readJson(request)) as BareCharge);
	sendJson(response, { url: '', transaction_status: 'successful', transaction_id });
}

/** The acquirer of this server lives in it, as the app's does. */
async function acquire(request: IncomingMessage, response: ServerResponse) {
	const { attempt_id } = (await readJson(request)) as { attempt_id: string };
	const payment_id = await payments.acquire(attempt_id);
	sendJson(response, { payment_id, attempt_id, state: 'succeeded' });
}

function askAcquirer(attempt_id: string, card: Record<string, string>): Promise<string> {
	return new Promise((resolve, reject) => {
		const body = JSON.stringify({ attempt_id, amount: 1005, currency: 'EUR', card });
		const headers = {
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body)
		};
		const place = { port: Number(PORT), host: '127.0.0.1', path: '/acquirer/payments' };
		ask({ ...place, method: 'POST', headers, agent }, (answer) => {
			readJson(answer).then((json) => resolve((json as { payment_id: string }).payment_id), reject);
		})
			.on('error', reject)
			.end(body);
	});
}

/** The transactions between two ids of the query. */
async function list({ url = '' }: IncomingMessage, response: ServerResponse) {
	const query = new URLSearchParams(url.slice(url.indexOf('?')));
	await streamList(database, response, {
		applicationId: APPLICATION_ID,
		first: query.get('first') ?? '',
		before: query.get('before') ?? ''
	});
}

async function readJson(message: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(chunk as Buffer);
	return JSON.parse(Buffer.concat(chunks).toString());
}

function sendJson(response: ServerResponse, content: object) {
	const answer = JSON.stringify(content);
	response.writeHead(200, {
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(answer)
	});
	response.end(answer);
}

/** A page of a session that exists. Nobody else's would be compressed for it alone. */
async function viewPage(request: IncomingMessage, response: ServerResponse) {
	const token = request.url?.slice('/pay/'.length) ?? '';
	if (!(await store.find(token))) return void response.writeHead(404).end();
	const body = await compress(page, { params });
	response.writeHead(200, {
		'content-type': 'text/html',
		'content-encoding': 'br',
		'content-length': body.length
	});
	response.end(body);
}
