import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../tests/postgres.ts';
import { startNode } from './processes.ts';

export interface App {
	port: number;
	origin: string;
	apiKey: string;
	process: ChildProcess;
}

/** Starts the built app as an operator would, with a limit of calls that is never met. */
export async function startApp(folder: string, databaseUrl?: string): Promise<App> {
	mkdirSync(folder, { recursive: true });
	const port = await freePort();
	const process = await startNode({
		file: 'src/server.ts',
		env: {
			PORT: String(port),
			ORIGIN: undefined,
			CASHDESK_DATA_DIR: folder,
			DATABASE_URL: databaseUrl,
			CASHDESK_CALLS_PER_MINUTE: '999999999'
		},
		ready: 'Cashdesk is ready'
	});
	const demo: { origin: string; cashier: { api_key: string } } = JSON.parse(
		readFileSync(join(folder, 'demo.json'), 'utf8')
	);
	return { port, origin: demo.origin, apiKey: demo.cashier.api_key, process };
}

/** Starts the bare server on the database that the app has made. */
export async function startBareServer(folder: string, page: string, databaseUrl?: string) {
	const port = await freePort();
	const pageFile = join(folder, 'page.html');
	writeFileSync(pageFile, page);
	const process = await startNode({
		file: 'bench/bare-server.ts',
		env: {
			PORT: String(port),
			PAGE_FILE: pageFile,
			DATABASE_FILE: join(folder, 'cashdesk.db'),
			DATABASE_URL: databaseUrl
		},
		ready: 'ready'
	});
	return { port, process };
}

/** Opens a session through the API; returns its token. `order` is added to the request. */
export async function openSession({ port, apiKey }: App, order: object = {}): Promise<string> {
	const request = {
		mode: 'test',
		user_id: '1048576',
		tracking_id: crypto.randomUUID(),
		amount: '10.05',
		currency: 'EUR',
		amount_restricted: true,
		...order
	};
	const response = await fetch(`http://localhost:${port}/api/v1/cashier`, {
		method: 'POST',
		headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
		body: JSON.stringify({ request })
	});
	if (!response.ok) throw new Error(`No session: ${response.status} ${await response.text()}`);
	const { token } = (await response.json()) as { token: string };
	return token;
}
