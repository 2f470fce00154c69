import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApp, type App } from '../tests/app.ts';
import { freePort } from '../tests/postgres.ts';
import { startNode } from './processes.ts';
import { testCard } from './test-card.ts';

/** Starts the built app as an operator would, but for a limit of calls, which is never met. */
export function startBenchedApp(engine: 'sqlite' | 'postgres'): Promise<App> {
	return startApp({ engine, env: { CASHDESK_CALLS_PER_MINUTE: '999999999' } });
}

/**
 * Starts the bare server on the database that the app has made; `page` is what it shows to payers,
 * `payment` the id of the one that its own are like.
 */
export async function startBareServer(
	{ place, dataDir, demo }: App,
	{ page, payment }: { page: string; payment: string }
) {
	const port = await freePort();
	const pageFile = join(dataDir, 'bare-page.html');
	writeFileSync(pageFile, page);
	const process: ChildProcess = await startNode('bench/bare-server.ts', {
		PORT: String(port),
		PAGE_FILE: pageFile,
		DATABASE_FILE: join(dataDir, 'cashdesk.db'),
		DATABASE_URL: place.databaseUrl,
		APPLICATION_ID: demo.cashier.application_id,
		MODEL_PAYMENT: payment
	});
	return { port, process };
}

/** Opens a session of a fixed amount, as the demo merchant; returns its token. */
export async function openSession(app: App): Promise<string> {
	const request = {
		mode: 'test',
		user_id: '1048576',
		tracking_id: crypto.randomUUID(),
		amount: '10.05',
		currency: 'EUR',
		settings: { methods: ['card'] },
		amount_restricted: true
	};
	const { token } = (await call(app, '/api/v1/cashier', { request })) as { token: string };
	return token;
}

/** Pays by card in one call of the merchant's server; returns the transaction's id. */
export async function payByCard(app: App): Promise<string> {
	const request = {
		mode: 'test',
		user_id: 'payer-1048576',
		tracking_id: crypto.randomUUID(),
		amount: '10.05',
		currency: 'EUR',
		settings: { return_url: app.origin, locale: 'en' }
	};
	const answer = await call(app, '/api/v1/s2s', { request, card_details: testCard });
	const { transaction_id, transaction_status } = answer as Record<string, string>;
	if (!transaction_id || transaction_status !== 'successful') {
		throw new Error(`No payment: ${JSON.stringify(answer)}`);
	}
	return transaction_id;
}

async function call({ origin, demo }: App, path: string, body: object): Promise<unknown> {
	const response = await fetch(origin + path, {
		method: 'POST',
		headers: { 'x-api-key': demo.cashier.api_key, 'content-type': 'application/json' },
		body: JSON.stringify(body)
	});
	if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
	return response.json();
}
