import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '$lib/server/context';
import { ConflictError } from '$lib/server/db/conflict';
import { createApiKey, revokeApiKeys } from '$lib/server/merchants/api-keys';
import { setApplicationMode } from '$lib/server/merchants/create-application';
import { readWebhookSecrets } from '$lib/server/merchants/webhook-secrets';
import { sameSecret } from '$lib/server/secrets/same-secret';
import { sha256 } from '$lib/server/secrets/sha256';
import { closeDemoFile, readDemoFile, writeDemoFile, type DemoKeys } from './demo-file';
import { demoApplication, ensureDemoMerchant } from './demo-merchant';
import type { DemoNumbers } from './ensure-accounts';

/** More processes than start at once. */
const MAX_ROUNDS = 20;
/** Milliseconds that a process waits at most, times the rounds it has lost. */
const PAUSE_MS = 25;

/**
 * Makes the demo merchant on first start and sees to it that `demo.json` and the database hold the
 * same keys; undefined in live mode, where there is no demo. Where the file is missing, lacks a part
 * or speaks of another database, the merchant gets new keys and its old ones are revoked.
 *
 * Whoever wrote the file looks again: of several processes that start at once the last to write
 * sees its own keys confirmed or makes new ones, so the two agree when all are done. A crash
 * between database and file is met by the same look at the next start.
 */
export async function prepareDemo(context: Context): Promise<DemoKeys | undefined> {
	const { config, log } = context;
	if (config.live) return undefined;
	const numbers = await ensureDemoMerchant(context);
	for (let round = 0; round < MAX_ROUNDS; round++) {
		await fallOutOfStep(context, round);
		const kept = await readDemoFile(config.dataDir);
		const isCurrent = kept !== undefined && (await areCurrent(context, kept));
		if (isCurrent && saysWhere(kept, config.origin, numbers)) {
			await closeDemoFile(config.dataDir);
			return kept;
		}
		const secrets = isCurrent ? kept.cashier : await renewKeys(context);
		const { origin } = config;
		if (secrets) {
			await writeDemoFile(config.dataDir, { origin, cashier: { ...secrets, ...numbers } });
		}
	}
	log.warn('the demo keeps losing its keys to another process', { dataDir: config.dataDir });
	return undefined;
}

/** Processes in step would take the keys from one another until all have given up. */
async function fallOutOfStep({ random }: Context, round: number): Promise<void> {
	if (round > 1) await sleep((PAUSE_MS * round * random.bytes(1).readUInt8()) / 2 ** 8);
}

/** Whether the file's address, accounts and rules are what they are now. */
function saysWhere({ origin, cashier }: DemoKeys, now: string, numbers: DemoNumbers): boolean {
	const { provider_id, routing_id } = numbers;
	return origin === now && cashier.provider_id === provider_id && cashier.routing_id === routing_id;
}

/** Whether the database knows these keys and no others took their place. */
async function areCurrent(context: Context, { cashier }: DemoKeys): Promise<boolean> {
	const { applicationId, mode } = demoApplication;
	const key = await context.db.read
		.selectFrom('api_keys')
		.select('id')
		.where('sha256', '=', sha256(cashier.api_key))
		.where('application_id', '=', applicationId)
		.where('mode', '=', mode)
		.where('revoked_at', 'is', null)
		.executeTakeFirst();
	if (!key || cashier.application_id !== applicationId) return false;
	// They do not open when CASHDESK_SECRET is another one than before.
	const secrets = await readWebhookSecrets(context, applicationId, mode).catch(() => undefined);
	return (
		secrets !== undefined &&
		sameSecret(secrets.webhookSecret, cashier.webhook_secret) &&
		sameSecret(secrets.signaturePassword ?? '', cashier.signature_password)
	);
}

/**
 * New keys for the demo merchant in place of all it had; undefined when another process gave it
 * new ones since they were looked at. The sealed secret, new at every change, is what the
 * compare-and-set goes by.
 */
async function renewKeys(
	context: Context
): Promise<Omit<DemoKeys['cashier'], keyof DemoNumbers> | undefined> {
	const { applicationId, mode } = demoApplication;
	const before = await context.db.read
		.selectFrom('application_modes')
		.select(['webhook_secret_sealed', 'webhook_url'])
		.where('application_id', '=', applicationId)
		.where('mode', '=', mode)
		.executeTakeFirstOrThrow();
	try {
		return await context.db.inTransaction(async (tx) => {
			const taken = await tx
				.updateTable('application_modes')
				.set({ webhook_secret_sealed: '' })
				.where('application_id', '=', applicationId)
				.where('mode', '=', mode)
				.where('webhook_secret_sealed', '=', before.webhook_secret_sealed)
				.executeTakeFirst();
			if (taken.numUpdatedRows !== 1n) throw new ConflictError('the keys have changed');
			const webhookUrl = before.webhook_url ?? '';
			const secrets = await setApplicationMode(context, tx, { ...demoApplication, webhookUrl });
			await revokeApiKeys(context, tx, demoApplication);
			const apiKey = await createApiKey(context, tx, { ...demoApplication, label: 'Demo shop' });
			return {
				application_id: applicationId,
				api_key: apiKey,
				signature_password: secrets.signaturePassword ?? '',
				webhook_secret: secrets.webhookSecret
			};
		});
	} catch (error) {
		if (error instanceof ConflictError) return undefined;
		throw error;
	}
}
