import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { openPostgresStore, openSqliteStore, type BareOrder } from './bare-store.ts';

/**
 * What the app is compared with: the least that a server can do for the same calls, on the same
 * database. No key, no checks, no limits, no router, no rendering.
 */
const { PORT, DATABASE_FILE = '', DATABASE_URL, PAGE_FILE = '' } = process.env;
const store = DATABASE_URL ? openPostgresStore(DATABASE_URL) : openSqliteStore(DATABASE_FILE);
const page = readFileSync(PAGE_FILE);

const compress = promisify(brotliCompress);
/** The quality at which the app's process compresses what it answers. */
const params = { [constants.BROTLI_PARAM_QUALITY]: 4 };

const server = createServer((request, response) => {
	const answer = request.method === 'POST' ? openSession : viewPage;
	answer(request, response).catch((error: unknown) => {
		process.stderr.write(`The bare server failed: ${String(error)}\n`);
		response.writeHead(500).end();
	});
});
server.listen(Number(PORT), '127.0.0.1', () => process.stdout.write('ready\n'));

async function openSession(request: IncomingMessage, response: ServerResponse) {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const body = JSON.parse(Buffer.concat(chunks).toString()) as { request: BareOrder };
	const key = request.headers['idempotency-key'];
	const answer = JSON.stringify({ token: await store.insert(body.request, key?.toString()) });
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
