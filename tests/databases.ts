import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe } from 'vitest';
import { readConfig } from '../src/lib/server/config';
import type { Context } from '../src/lib/server/context';
import { openPostgres } from '../src/lib/server/db/open-postgres';
import { openSqlite } from '../src/lib/server/db/open-sqlite';
import { createLog } from '../src/lib/server/log/log';
import { createGuardedFetch } from '../src/lib/server/outgoing/guarded-fetch';

/** A context whose time a test moves by hand. */
export interface TestContext extends Context {
	readonly clock: { now(): number; advance(milliseconds: number): void };
}

export type Engine = 'sqlite' | 'postgres';

/** Runs a suite on both engines, each context on a database of its own that goes afterwards. */
export function describeOnEachEngine(
	name: string,
	suite: (open: (overrides?: Partial<Context>) => Promise<TestContext>, engine: Engine) => void
): void {
	for (const engine of ['sqlite', 'postgres'] as const) {
		describe(`${name} on ${engine}`, () => {
			const closers: (() => Promise<void>)[] = [];
			afterAll(async () => {
				for (const close of closers.reverse()) await close();
			});
			suite(async (overrides = {}) => {
				const place = await makeDatabase(engine);
				const context = await openTestContext(place.url, overrides);
				closers.push(async () => {
					await context.db.close();
					await place.drop();
				});
				return context;
			}, engine);
		});
	}
}

/** A fresh, empty database: the value for DATABASE_URL, or a folder for SQLite. */
async function makeDatabase(
	engine: Engine
): Promise<{ url: string | undefined; folder: string; drop(): Promise<void> }> {
	const folder = mkdtempSync(join(tmpdir(), 'cashdesk-test-'));
	const removeFolder = () => rmSync(folder, { recursive: true, force: true });
	if (engine === 'sqlite') return { url: undefined, folder, drop: async () => removeFolder() };
	const server = process.env.CASHDESK_TEST_POSTGRES;
	if (!server) throw new Error('The PostgreSQL server of the tests is not running');
	const name = `test_${randomBytes(8).toString('hex')}`;
	await onServer(server, `create database ${name}`);
	const url = new URL(server);
	url.pathname = `/${name}`;
	return {
		url: url.href,
		folder,
		async drop() {
			await onServer(server, `drop database if exists ${name} with (force)`);
			removeFolder();
		}
	};
}

async function onServer(url: string, statement: string) {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}

async function openTestContext(
	url: string | undefined,
	overrides: Partial<Context>
): Promise<TestContext> {
	const folder = mkdtempSync(join(tmpdir(), 'cashdesk-test-'));
	const config = readConfig({
		CASHDESK_DATA_DIR: folder,
		CASHDESK_SECRET: randomBytes(32).toString('base64'),
		DATABASE_URL: url
	});
	let now = Date.parse('2026-11-21T12:00:00Z');
	return {
		db: url ? await openPostgres(url) : await openSqlite(join(folder, 'cashdesk.db')),
		random: { bytes: randomBytes },
		fetch: createGuardedFetch({ allowLoopback: true }),
		config,
		log: createLog({ level: 'silent' }),
		...overrides,
		clock: { now: () => now, advance: (milliseconds) => void (now += milliseconds) }
	};
}
