import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the environment settles, validated once. Nothing else in the code reads `process.env`. */
export interface Config {
	host: string;
	port: number;
	/** Where browsers reach us: scheme, host and port, without a path. */
	origin: string;
	/** Where this process reaches itself: the simulator's acquirer is called there. */
	selfOrigin: string;
	/** Live keys work, the demo is off and the secret was given (`CASHDESK_LIVE=true`). */
	live: boolean;
	database: { engine: 'sqlite'; file: string } | { engine: 'postgres'; url: string };
	dataDir: string;
	/** 32 bytes from which every key is derived. */
	secret: Buffer;
	/** Bearer token that opens `/metrics` to others than loopback; unset: loopback only. */
	metricsToken: string | undefined;
	logLevel: string;
	/** Origins of a developer's own pages that may frame the demo merchant's sessions. */
	demoOrigins: string[];
	/** Milliseconds that requests in flight get to finish after SIGTERM. */
	stopGraceMs: number;
	/** Calls a minute that one API key may make. */
	callsPerMinute: number;
	/** Forms a minute that one address may post to payers' pages. */
	formsPerMinute: number;
	/** The proxy's header that names the payer's address, e.g. `x-forwarded-for`; unset: the socket. */
	addressHeader: string | undefined;
}

export class ConfigError extends Error {
	override readonly name = 'ConfigError';
}

type Environment = Record<string, string | undefined>;

/**
 * Reads and checks the environment. Throws a ConfigError whose message names the variable.
 * Without CASHDESK_SECRET, and only outside live mode, a secret is made and kept in the data folder.
 */
export function readConfig(env: Environment): Config {
	const port = readPort(env.PORT);
	const host = env.HOST || '127.0.0.1';
	const live = readBoolean('CASHDESK_LIVE', env.CASHDESK_LIVE);
	const dataDir = resolve(env.CASHDESK_DATA_DIR || './data');
	const origin = readOrigin(env.ORIGIN, port, live);
	return {
		host,
		port,
		origin,
		selfOrigin: `http://${reachable(host)}:${port}`,
		live,
		database: readDatabase(env.DATABASE_URL, dataDir),
		dataDir,
		secret: readSecret(env.CASHDESK_SECRET, dataDir, live),
		metricsToken: env.CASHDESK_METRICS_TOKEN || undefined,
		logLevel: readLogLevel(env.CASHDESK_LOG_LEVEL),
		demoOrigins: readDemoOrigins(env.CASHDESK_DEMO_ORIGINS),
		stopGraceMs: 10_000,
		callsPerMinute: readCount('CASHDESK_CALLS_PER_MINUTE', env.CASHDESK_CALLS_PER_MINUTE, 6000),
		formsPerMinute: readCount('CASHDESK_FORMS_PER_MINUTE', env.CASHDESK_FORMS_PER_MINUTE, 120),
		addressHeader: readAddressHeader(env.CASHDESK_ADDRESS_HEADER, live)
	};
}

function readPort(text: string | undefined): number {
	if (!text) return 3000;
	const port = Number(text);
	if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
		throw new ConfigError(`PORT must be a whole number from 1 to 65535, not "${text}".`);
	}
	return port;
}

function readCount(name: string, text: string | undefined, unset: number): number {
	if (!text) return unset;
	if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
	throw new ConfigError(`${name} must be a whole number from 1 to 999999999, not "${text}".`);
}

function readBoolean(name: string, text: string | undefined): boolean {
	if (!text || text === 'false') return false;
	if (text === 'true') return true;
	throw new ConfigError(`${name} must be true or false, not "${text}".`);
}

/**
 * Live pages are reached by https, so through a proxy: without its header all payers would share
 * one address, the proxy's, with its limits and its right to read the metrics.
 */
function readAddressHeader(text: string | undefined, live: boolean): string | undefined {
	if (!text && live) {
		throw new ConfigError(
			"CASHDESK_ADDRESS_HEADER must name your proxy's header for the payer's address in live mode."
		);
	}
	if (text && !/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(text)) {
		throw new ConfigError('CASHDESK_ADDRESS_HEADER must be the name of a header.');
	}
	return text?.toLowerCase() || undefined;
}

function readOrigin(text: string | undefined, port: number, live: boolean): string {
	if (!text) {
		if (live) throw new ConfigError('ORIGIN must be set to an https address in live mode.');
		return `http://localhost:${port}`;
	}
	const url = URL.parse(text);
	if (!url || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, '')) {
		throw new ConfigError('ORIGIN must be scheme://host[:port] without a path, by http or https.');
	}
	if (live && url.protocol !== 'https:') {
		throw new ConfigError('ORIGIN must be an https address in live mode.');
	}
	return url.origin;
}

/** A wildcard address is listened on but cannot be called. */
function reachable(host: string): string {
	if (host === '0.0.0.0') return '127.0.0.1';
	if (host === '::') return '[::1]';
	return host.includes(':') ? `[${host}]` : host;
}

function readDatabase(text: string | undefined, dataDir: string): Config['database'] {
	if (!text) return { engine: 'sqlite', file: join(dataDir, 'cashdesk.db') };
	if (/^postgres(ql)?:\/\/.+/.test(text)) return { engine: 'postgres', url: text };
	throw new ConfigError('DATABASE_URL must begin with postgres:// (unset: an SQLite file).');
}

function readDemoOrigins(text: string | undefined): string[] {
	return (text ?? '').split(/[\s,]+/).flatMap((written) => {
		if (written === '') return [];
		const url = URL.parse(written);
		if (url && /^https?:$/.test(url.protocol) && url.origin === written) return [url.origin];
		throw new ConfigError(
			'CASHDESK_DEMO_ORIGINS must be origins (scheme://host[:port]) with commas between them.'
		);
	});
}

function readLogLevel(text: string | undefined): string {
	const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
	const level = text || 'info';
	if (levels.includes(level)) return level;
	throw new ConfigError(`CASHDESK_LOG_LEVEL must be one of ${levels.join(', ')}.`);
}

function readSecret(text: string | undefined, dataDir: string, live: boolean): Buffer {
	if (text) return decodeSecret('CASHDESK_SECRET', text);
	if (live) throw new ConfigError('CASHDESK_SECRET must be set in live mode: 32 random bytes.');
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const file = join(dataDir, 'secret');
	if (!existsSync(file)) {
		try {
			writeFileSync(file, randomBytes(32).toString('base64') + '\n', { mode: 0o600, flag: 'wx' });
		} catch (error) {
			// Another process made it between the look and the write: its secret is the one to use.
			if (!existsSync(file)) throw error;
		}
	}
	chmodSync(file, 0o600);
	return decodeSecret(file, readFileSync(file, 'utf8').trim());
}

function decodeSecret(name: string, text: string): Buffer {
	const bytes = /^[0-9a-f]{64}$/i.test(text)
		? Buffer.from(text, 'hex')
		: Buffer.from(text, 'base64');
	const distinct = new Set(bytes).size;
	if (bytes.length !== 32 || distinct < 8) {
		throw new ConfigError(
			`${name} must be 32 random bytes in base64 or hex, such as \`openssl rand -base64 32\` prints.`
		);
	}
	return bytes;
}
