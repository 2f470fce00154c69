import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './postgres.ts';

export type AppEngine = 'sqlite' | 'postgres';

/** Where an app lives: what a second process needs to go on with the data of a first. */
export interface AppPlace {
	engine: AppEngine;
	port: number;
	dataDir: string;
	/** Unset: the SQLite file in the data folder. */
	databaseUrl: string | undefined;
}

/** What `demo.json` in the data folder holds. */
export interface Demo {
	origin: string;
	cashier: {
		application_id: string;
		api_key: string;
		signature_password: string;
		webhook_secret: string;
		/** An account that takes every method. */
		provider_id: number;
		/** Rules whose first account declines everything. */
		routing_id: number;
	};
	charges: { client_id: string; client_secret: string; webhook_secret: string };
	checkout: {
		/** Public: of the application that payments belong to. */
		application_client_id: string;
		/** For that application alone. */
		client_token: string;
		/** A client of the merchant, for all of its applications. */
		oauth_client_id: string;
		oauth_client_secret: string;
		/** A text of the merchant's own. */
		webhook_secret: string;
	};
}

export interface App {
	origin: string;
	dataDir: string;
	place: AppPlace;
	/** The demo merchant's keys. Throws where the demo is off. */
	readonly demo: Demo;
	pid: number;
	/** All that the process has printed, to either stream. */
	logs(): string;
	/** Sends a signal and resolves with the exit code, null when the signal itself ended it. */
	kill(signal: NodeJS.Signals): Promise<number | null>;
	/** Ends the process gracefully and removes its data, unless the place was given. */
	stop(): Promise<void>;
}

export interface AppOptions {
	engine: AppEngine;
	env?: Record<string, string>;
	/** Start on the data of an earlier app, which has ended. */
	at?: AppPlace;
}

const START_LIMIT_MS = 30_000;
const root = new URL('..', import.meta.url).pathname;
/** What `npm start` gives to Node: a program is measured and tested as it is run. */
const programArguments = readStartCommand().split(' ').slice(1);

/**
 * Starts the built app as a process of its own on a free port, with an empty data folder and
 * database, and waits until it is ready. PostgreSQL's server is the one that
 * CASHDESK_TEST_POSTGRES names; see postgres.ts.
 */
export async function startApp({ engine, env = {}, at }: AppOptions): Promise<App> {
	for (let round = 1; ; round++) {
		const place = at ?? (await makePlace(engine));
		const running = spawnApp(place, env);
		try {
			await untilReady(running);
			return appOf(running, at === undefined);
		} catch (error) {
			running.child.kill('SIGKILL');
			await running.exit;
			if (!at) await removePlace(place);
			// Somebody else may have taken the port since it was found free.
			const lostPort = running.logs().includes('EADDRINUSE');
			if (!lostPort || round === 3) throw error;
		}
	}
}

interface AppProcess {
	child: ChildProcess;
	place: AppPlace;
	origin: string;
	exit: Promise<number | null>;
	logs(): string;
}

/** The app's process with nothing waited for: also one that is not meant to come up. */
export function spawnApp(place: AppPlace, env: Record<string, string> = {}): AppProcess {
	const child = spawn(process.execPath, programArguments, {
		cwd: root,
		env: {
			PATH: process.env.PATH,
			PORT: String(place.port),
			CASHDESK_DATA_DIR: place.dataDir,
			...(place.databaseUrl && { DATABASE_URL: place.databaseUrl }),
			...env
		},
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const printed: Buffer[] = [];
	child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
	return {
		child,
		place,
		origin: env.ORIGIN ?? `http://localhost:${place.port}`,
		exit: new Promise((resolve) => child.once('close', (code) => resolve(code))),
		logs: () => Buffer.concat(printed).toString('utf8')
	};
}

/** The last command of `npm start`, the one after the build. */
function readStartCommand(): string {
	const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		scripts: { start: string };
	};
	return scripts.start.split(' && exec ').at(-1) ?? '';
}

/** Asks until the app says that it can serve; throws with its output when it ends before. */
export async function untilReady({ child, place, logs }: AppProcess): Promise<void> {
	const giveUpAt = Date.now() + START_LIMIT_MS;
	while (Date.now() < giveUpAt) {
		if (child.exitCode !== null) break;
		const ready = await fetch(`http://127.0.0.1:${place.port}/readyz`, {
			signal: AbortSignal.timeout(2_000)
		}).catch(() => undefined);
		await ready?.body?.cancel();
		if (ready?.status === 200) return;
		await pause(20);
	}
	throw new Error(`The app did not become ready. It printed:\n${logs()}`);
}

function appOf({ child, place, origin, exit, logs }: AppProcess, isOwner: boolean): App {
	const kill = (signal: NodeJS.Signals) => {
		child.kill(signal);
		return exit;
	};
	return {
		origin,
		dataDir: place.dataDir,
		place,
		get demo() {
			return JSON.parse(readFileSync(join(place.dataDir, 'demo.json'), 'utf8')) as Demo;
		},
		pid: child.pid ?? 0,
		logs,
		kill,
		async stop() {
			await kill('SIGTERM');
			if (isOwner) await removePlace(place);
		}
	};
}

/** A free port, an empty folder and, on PostgreSQL, an empty database. */
export async function makePlace(engine: AppEngine): Promise<AppPlace> {
	const place = {
		engine,
		port: await freePort(),
		dataDir: mkdtempSync(join(tmpdir(), 'cashdesk-app-'))
	};
	if (engine === 'sqlite') return { ...place, databaseUrl: undefined };
	const name = `app_${randomBytes(8).toString('hex')}`;
	await onPostgres(`create database ${name}`);
	const url = new URL(postgresServer());
	url.pathname = `/${name}`;
	return { ...place, databaseUrl: url.href };
}

export async function removePlace({ dataDir, databaseUrl }: AppPlace): Promise<void> {
	rmSync(dataDir, { recursive: true, force: true });
	if (!databaseUrl) return;
	await onPostgres(
		`drop database if exists ${new URL(databaseUrl).pathname.slice(1)} with (force)`
	);
}

function postgresServer(): string {
	const url = process.env.CASHDESK_TEST_POSTGRES;
	if (!url) throw new Error('CASHDESK_TEST_POSTGRES must name the PostgreSQL server of the tests');
	return url;
}

async function onPostgres(statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: postgresServer() });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}
