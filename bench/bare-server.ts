import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { openPostgresStore, openSqliteStore, type BareOrder } from './bare-store.ts';

/**
 * What the app is compared with: the least that a server can do for the same calls, on the same
 * database. No key, no checks, no limits, no router: what it answers is not safe to run.
 */
const { PORT, DATABASE_FILE = '', DATABASE_URL, PAGE_FILE = '' } = process.env;
const store = DATABASE_URL ? openPostgresStore(DATABASE_URL) : openSqliteStore(DATABASE_FILE);
const page = readFileSync(PAGE_FILE);

const server = createServer((request, response) => {
	const done = request.method === 'POST' ? openSession : viewPage;
	done(request, response).catch((error: unknown) => {
		process.stderr.write(`${String(error)}\n`);
		response.writeHead(500).end();
	});
});
server.listen(Number(PORT), '127.0.0.1', () => process.stdout.write('ready\n'));

async function openSession(request: IncomingMessage, response: ServerResponse) {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const body = JSON.parse(Buffer.concat(chunks).toString()) as { request: BareOrder };
	const answer = JSON.stringify({ token: await store.insert(body.request) });
	response.writeHead(200, {
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(answer)
	});
	response.end(answer);
}

async function viewPage(request: IncomingMessage, response: ServerResponse) {
	const token = request.url?.slice('/pay/'.length) ?? '';
	if (!(await store.find(token))) return void response.writeHead(404).end();
	response.writeHead(200, { 'content-type': 'text/html', 'content-length': page.length });
	response.end(page);
}
