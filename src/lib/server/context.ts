import { randomBytes } from 'node:crypto';
import type { Config } from './config';
import type { Database } from './db/database';
import { openPostgres } from './db/open-postgres';
import { openSqlite } from './db/open-sqlite';
import { createLog, type Log } from './log/log';
import { createGuardedFetch, type GuardedFetch } from './outgoing/guarded-fetch';
import { deriveKey } from './secrets/derive-key';

/**
 * The first argument of every use case: all that it may touch of the world. Time and randomness
 * come from here, so that a test can run a year in a second and replay a seed.
 */
export interface Context {
	readonly db: Database;
	readonly clock: { now(): number };
	readonly random: { bytes(count: number): Buffer };
	/** Requests to addresses that people gave: webhooks, providers. */
	readonly fetch: GuardedFetch;
	readonly config: Config;
	readonly log: Log;
}

/** The context of a running process: the configured database, the system's clock and randomness. */
export async function openContext(config: Config): Promise<Context> {
	const { database } = config;
	return {
		db:
			database.engine === 'sqlite'
				? await openSqlite(database.file)
				: await openPostgres(database.url),
		clock: { now: () => Date.now() },
		random: { bytes: pooledRandom() },
		fetch: fetchFor(config),
		config,
		log: createLog({ level: config.logLevel })
	};
}

/**
 * The guarded way out. Loopback is open outside of live mode, and this process's own address to
 * what lives in it: the make-believe acquirer, which stays for test keys, and the demo.
 */
function fetchFor({ live, selfOrigin }: Config): GuardedFetch {
	const outward = createGuardedFetch({ allowLoopback: !live });
	const inward = createGuardedFetch({ allowLoopback: true, trustedOrigin: selfOrigin });
	const own = [
		'/simulator/acquirer/',
		'/provider-callbacks/simulator/',
		'/demo/webhook',
		'/api/',
		'/v1/',
		'/oauth/'
	];
	return (url, request) => {
		const href = URL.parse(url)?.href ?? '';
		const isOwn = own.some((path) => href.startsWith(selfOrigin + path));
		return (isOwn ? inward : outward)(url, request);
	};
}

/** A new id: UUID version 7 (RFC 9562), which sorts by the time it was made. */
export function newId({ clock, random }: Context): string {
	const bytes = random.bytes(16);
	bytes.writeUIntBE(clock.now(), 0, 6);
	bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
	bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
	const hex = bytes.toString('hex');
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		hex.slice(12, 16),
		hex.slice(16, 20),
		hex.slice(20)
	].join('-');
}

const keys = new WeakMap<Buffer, Map<string, Buffer>>();

/** The 32-byte key for one purpose, derived from the configured secret once. */
export function keyFor({ config }: Context, purpose: string): Buffer {
	let derived = keys.get(config.secret);
	if (!derived) keys.set(config.secret, (derived = new Map()));
	let key = derived.get(purpose);
	if (!key) derived.set(purpose, (key = deriveKey(config.secret, purpose)));
	return key;
}

/** Bytes asked of the system at a time. */
const POOL_BYTES = 8192;

/**
 * Randomness drawn from a pool: asking the system costs more than most of what is done with the
 * few bytes of an id. No byte is given out twice.
 */
function pooledRandom(): (count: number) => Buffer {
	let pool = Buffer.alloc(0);
	let used = 0;
	return (count) => {
		if (count > POOL_BYTES / 16) return randomBytes(count);
		if (used + count > pool.length) {
			pool = randomBytes(POOL_BYTES);
			used = 0;
		}
		return pool.subarray(used, (used += count));
	};
}
