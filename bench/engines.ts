import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { startPostgres } from '../tests/postgres.ts';
import { openSession, startApp, startBareServer, type App } from './servers.ts';
import { stop } from './processes.ts';
import {
	compareDelay,
	compareThroughput,
	withGenerator,
	type Comparison,
	type Length,
	type Pair
} from './rounds.ts';

const CONNECTIONS = [4, 16, 64];
/** Where half of the load is taken from. */
const BUSY = 16;
/** Sessions whose pages are viewed in turn. */
const VIEWED = 200;

const targets = [
	{ target: 'session', name: 'sessions created' },
	{ target: 'keyed session', name: 'the same with an Idempotency-Key' },
	{ target: 'page', name: 'payer page views' }
] as const;

export interface Row {
	what: string;
	connections: string;
	app: string;
	bare: string;
	ratio: string;
}

/** Measures one engine on a database of its own in `folder`. */
export async function measureEngine(
	engine: 'sqlite' | 'postgres',
	folder: string,
	length: Length
): Promise<Row[]> {
	const postgres = engine === 'postgres' ? await startPostgres() : undefined;
	try {
		const data = join(folder, engine);
		const app = await startApp(data, postgres?.url);
		const tokens: string[] = [];
		while (tokens.length < VIEWED) tokens.push(await openSession(app));
		const page = await readPage(app, tokens[0] ?? '');
		const bare = await startBareServer(data, page, postgres?.url);
		const rows = await withGenerator((generator) =>
			measureTargets(generator, app, bare.port, tokens, length)
		);
		await Promise.all([stop(app.process), stop(bare.process)]);
		return rows;
	} finally {
		await postgres?.stop();
	}
}

async function readPage({ port }: App, token: string): Promise<string> {
	const response = await fetch(`http://localhost:${port}/pay/${token}`);
	if (!response.ok) throw new Error(`The payer's page answers ${response.status}`);
	return response.text();
}

async function measureTargets(
	generator: ChildProcess,
	app: App,
	barePort: number,
	tokens: string[],
	length: Length
): Promise<Row[]> {
	const rows: Row[] = [];
	for (const { target, name } of targets) {
		const load = { target, apiKey: app.apiKey, tokens, returnUrl: app.origin };
		const pair: Pair = { appPort: app.port, barePort, load };
		// Nobody pays on a server that just started: code is compiled, caches are filled.
		await compareThroughput(generator, pair, BUSY, { rounds: 1, ms: length.ms });
		let busy: Comparison | undefined;
		for (const connections of CONNECTIONS) {
			const seen = await compareThroughput(generator, pair, connections, length);
			rows.push(rowOf(`${name} a second`, String(connections), seen, 0));
			if (connections === BUSY) busy = seen;
		}
		if (!busy || target === 'keyed session') continue;
		const delay = await compareDelay(generator, pair, busy, length);
		rows.push(rowOf(`${name}, p99 in ms`, 'half load', delay, 2));
	}
	return rows;
}

function rowOf(what: string, connections: string, seen: Comparison, digits: number): Row {
	const { app, bare, ratio } = seen;
	return {
		what,
		connections,
		app: app.toFixed(digits),
		bare: bare.toFixed(digits),
		ratio: ratio.toFixed(2)
	};
}
