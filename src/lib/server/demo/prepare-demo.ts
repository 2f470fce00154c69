import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '$lib/server/context';
import { dialects } from './demo-applications';
import {
	closeDemoFile,
	readKeptKeys,
	writeDemoFile,
	type DemoKeys,
	type KeptKeys
} from './demo-file';
import { ensureDemoMerchant } from './demo-merchant';
import type { DemoNumbers } from './ensure-accounts';
import { findCurrentKeys } from './find-current-keys';
import { renewKeys, type DemoSecrets } from './renew-keys';

/** More processes than start at once. */
const MAX_ROUNDS = 20;
/** Milliseconds that a process waits at most, times the rounds it has lost. */
const PAUSE_MS = 25;

/**
 * Makes the demo merchant on first start and sees to it that `demo.json` and the database hold the
 * same keys; undefined in live mode, where there is no demo. Where the file is missing, lacks a part
 * or speaks of another database, the merchant gets new keys for that part and its old ones are
 * revoked.
 *
 * Whoever wrote the file looks again: of several processes that start at once the last to write
 * sees its own keys confirmed or makes new ones, so the two agree when all are done. A crash
 * between database and file is met by the same look at the next start.
 */
export async function prepareDemo(context: Context): Promise<DemoKeys | undefined> {
	const { config, log } = context;
	if (config.live) return undefined;
	const { origin, dataDir } = config;
	const numbers = await ensureDemoMerchant(context);
	for (let round = 0; round < MAX_ROUNDS; round++) {
		await fallOutOfStep(context, round);
		const kept = await readKeptKeys(dataDir);
		const current = kept ? await findCurrentKeys(context, kept) : {};
		const missing = dialects.filter((dialect) => !current[dialect]);
		const renewed = missing.length > 0 ? await renewKeys(context, missing) : {};
		const keys = { ...current, ...renewed };
		if (!renewed || !isWhole(keys)) continue;
		const whole: DemoKeys = { origin, ...keys, cashier: { ...keys.cashier, ...numbers } };
		if (kept && missing.length === 0 && saysWhere(kept, origin, numbers)) {
			await closeDemoFile(dataDir);
			return whole;
		}
		await writeDemoFile(dataDir, whole);
	}
	log.warn('the demo keeps losing its keys to another process', { dataDir });
	return undefined;
}

/** Processes in step would take the keys from one another until all have given up. */
async function fallOutOfStep({ random }: Context, round: number): Promise<void> {
	if (round > 1) await sleep((PAUSE_MS * round * random.bytes(1).readUInt8()) / 2 ** 8);
}

/** Whether the file's address, accounts and rules are what they are now. */
function saysWhere({ origin, cashier }: KeptKeys, now: string, numbers: DemoNumbers): boolean {
	const { provider_id, routing_id } = numbers;
	return origin === now && cashier.provider_id === provider_id && cashier.routing_id === routing_id;
}

function isWhole(keys: Partial<DemoSecrets>): keys is DemoSecrets {
	return dialects.every((dialect) => keys[dialect] !== undefined);
}
