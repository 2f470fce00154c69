import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, type Config } from '../../../src/lib/server/config.ts';
import type { Context } from '../../../src/lib/server/context.ts';
import { createLog } from '../../../src/lib/server/log/log.ts';
import { createRandom } from '../random.ts';
import { openMemoryStore } from './memory-store.ts';
import { createMerchants, type Merchant } from './merchants.ts';
import { openPostgresStore } from './postgres-store.ts';
import type { Pace, Store } from './store.ts';

/** What all schedules of one process have in common: a database with merchants in it. */
export interface Stage {
	store: Store;
	config: Config;
	merchants: Merchant[];
	/** Says whose queries are counted from now on. */
	setPace(pace: Pace): void;
	close(): Promise<void>;
}

const noPace: Pace = { begin: () => undefined, end: () => undefined };

/** Opens a database in memory, or the PostgreSQL database at `url`, and puts merchants into it. */
export async function openStage(url?: string): Promise<Stage> {
	let pace = noPace;
	const store = url ? await openPostgresStore(url, () => pace) : await openMemoryStore(() => pace);
	const config = readConfigOf();
	const random = createRandom(1);
	const context: Context = {
		db: store.plain,
		clock: { now: () => Date.parse('2026-11-21T06:00:00Z') },
		random: { bytes: (size) => Buffer.from(Array.from({ length: size }, () => random.whole(256))) },
		fetch: () => Promise.reject(new Error('nobody is there yet')),
		config,
		log: createLog({ level: 'silent' })
	};
	const merchants = await createMerchants(context);
	await store.keep();
	return {
		store,
		config,
		merchants,
		setPace: (next) => void (pace = next),
		close: () => store.close()
	};
}

/** The same in every process, so that a seed gives the same everywhere. */
function readConfigOf(): Config {
	const folder = mkdtempSync(join(tmpdir(), 'cashdesk-simulation-'));
	const secret = Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 37 + 11) % 256));
	try {
		return readConfig({
			CASHDESK_DATA_DIR: folder,
			CASHDESK_SECRET: secret.toString('base64'),
			CASHDESK_CALLS_PER_MINUTE: '999999999'
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
