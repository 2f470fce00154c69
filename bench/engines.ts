import type { ChildProcess } from 'node:child_process';
import type { App } from '../tests/app.ts';
import { startPostgres } from '../tests/postgres.ts';
import { fillList, measureList } from './list.ts';
import { stop } from './processes.ts';
import {
	compareDelay,
	compareThroughput,
	withGenerator,
	type Comparison,
	type Length,
	type Pair
} from './rounds.ts';
import { openSession, payByCard, startBareServer, startBenchedApp } from './servers.ts';
import { untilSettled } from './settled.ts';

const CONNECTIONS = [4, 16, 64];
/** Enough to fill the commits that payments share. */
const CHARGING = 16;
/** Where half of the load is taken from. */
const BUSY = 16;
/** Sessions whose pages are viewed in turn. */
const VIEWED = 200;

const targets = [
	{ target: 'session', name: 'sessions created' },
	{ target: 'keyed session', name: 'sessions created, with Idempotency-Key' },
	{ target: 'page', name: "views of the payer's page" }
] as const;

export interface Row {
	what: string;
	connections: string;
	app: number;
	bare: number;
	ratio: number;
}

/** Measures app and bare server side by side on one database of an engine. */
export async function measureEngine(engine: 'sqlite' | 'postgres', length: Length): Promise<Row[]> {
	const postgres = engine === 'postgres' ? await startPostgres() : undefined;
	process.env.CASHDESK_TEST_POSTGRES = postgres?.url;
	try {
		const app = await startBenchedApp(engine);
		try {
			return await measureApp(app, length);
		} finally {
			await app.stop();
		}
	} finally {
		await postgres?.stop();
	}
}

async function measureApp(app: App, length: Length): Promise<Row[]> {
	const tokens: string[] = [];
	while (tokens.length < VIEWED) tokens.push(await openSession(app));
	const response = await fetch(`${app.origin}/pay/${tokens[0]}`);
	if (!response.ok) throw new Error(`The payer's page answers ${response.status}`);
	const payment = await payByCard(app);
	await untilSettled(app);
	const bare = await startBareServer(app, { page: await response.text(), payment });
	try {
		const ports = { appPort: app.place.port, barePort: bare.port };
		const load = { apiKey: app.demo.cashier.api_key, returnUrl: app.origin, tokens };
		const rows = await withGenerator(async (generator) => {
			const pair: Pair = { ...ports, load: { target: 'session', ...load } };
			return [
				...(await measureTargets(generator, pair, length)),
				await measureCharges(generator, pair, { app, length })
			];
		});
		const list = await fillList(app, payment);
		return [...rows, ...(await measureList({ ...ports, ...list }, length)).map(rowOfList)];
	} finally {
		await stop(bare.process);
	}
}

async function measureTargets(generator: ChildProcess, base: Pair, length: Length): Promise<Row[]> {
	const rows: Row[] = [];
	for (const { target, name } of targets) {
		const pair: Pair = { ...base, load: { ...base.load, target } };
		// Until the engine has compiled what is used most: a server runs for weeks, not for seconds.
		await compareThroughput(generator, pair, BUSY, { rounds: 1, ms: length.warmUpMs });
		let busy: Comparison | undefined;
		for (const connections of CONNECTIONS) {
			const seen = await compareThroughput(generator, pair, connections, length);
			rows.push(rowOf(`${name}, a second`, String(connections), seen, 0));
			if (connections === BUSY) busy = seen;
		}
		if (!busy || target === 'keyed session') continue;
		const delay = await compareDelay(generator, pair, busy, length);
		rows.push(rowOf(`${name}, p99 in ms`, 'half load', delay, 2));
	}
	return rows;
}

/** Cards charged by calls of a merchant's server, until the acquirer has answered. */
async function measureCharges(
	generator: ChildProcess,
	base: Pair,
	{ app, length }: { app: App; length: Length }
): Promise<Row> {
	const pair: Pair = { ...base, load: { ...base.load, target: 's2s' } };
	const settle = () => untilSettled(app);
	const warmUp = { rounds: 1, ms: length.warmUpMs };
	await compareThroughput(generator, pair, CHARGING, warmUp, settle);
	const seen = await compareThroughput(generator, pair, CHARGING, length, settle);
	return rowOf('cards charged by S2S, a second', String(CHARGING), seen, 0);
}

function rowOfList({ what, seen }: { what: string; seen: Comparison }): Row {
	return rowOf(what, '1', seen, 2);
}

function rowOf(what: string, connections: string, seen: Comparison, digits: number): Row {
	const round = (value: number, to: number) => Number(value.toFixed(to));
	return {
		what,
		connections,
		app: round(seen.app, digits),
		bare: round(seen.bare, digits),
		ratio: round(seen.ratio, 2)
	};
}
