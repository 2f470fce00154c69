import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApp, type App } from '../tests/app.ts';
import { freePort } from '../tests/postgres.ts';
import { startNode } from './processes.ts';

/** Starts the built app as an operator would, but for a limit of calls, which is never met. */
export function startBenchedApp(engine: 'sqlite' | 'postgres'): Promise<App> {
	return startApp({ engine, env: { CASHDESK_CALLS_PER_MINUTE: '999999999' } });
}

/** Starts the bare server on the database that the app has made. */
export async function startBareServer({ place, dataDir }: App, page: string) {
	const port = await freePort();
	const pageFile = join(dataDir, 'bare-page.html');
	writeFileSync(pageFile, page);
	const process: ChildProcess = await startNode('bench/bare-server.ts', {
		PORT: String(port),
		PAGE_FILE: pageFile,
		DATABASE_FILE: join(dataDir, 'cashdesk.db'),
		DATABASE_URL: place.databaseUrl
	});
	return { port, process };
}

/** Opens a session of a fixed amount, as the demo merchant; returns its token. */
export async function openSession({ origin, demo }: App): Promise<string> {
	const request = {
		mode: 'test',
		user_id: '1048576',
		tracking_id: crypto.randomUUID(),
		amount: '10.05',
		currency: 'EUR',
		amount_restricted: true
	};
	const response = await fetch(`${origin}/api/v1/cashier`, {
		method: 'POST',
		headers: { 'x-api-key': demo.cashier.api_key, 'content-type': 'application/json' },
		body: JSON.stringify({ request })
	});
	if (!response.ok) throw new Error(`No session: ${response.status} ${await response.text()}`);
	const { token } = (await response.json()) as { token: string };
	return token;
}
