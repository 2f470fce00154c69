import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const text = z.string().min(1);

const cashier = z.object({
	application_id: text,
	api_key: text,
	signature_password: text,
	webhook_secret: text,
	/** An account that takes every method, for calls that name one; 0 in files from before. */
	provider_id: z.int().default(0),
	/** A set of rules whose first account declines; 0 in files from before. */
	routing_id: z.int().default(0)
});

const charges = z.object({ client_id: text, client_secret: text, webhook_secret: text });

const checkout = z.object({
	/** Public; says in a request which application is meant. */
	application_client_id: text,
	/** With three scopes, for this application alone. */
	client_token: text,
	/** A client that acts for the merchant. */
	oauth_client_id: text,
	oauth_client_secret: text,
	/** A text of the merchant's own. */
	webhook_secret: text
});

/** `origin`: where the demo is reached. */
const demoKeys = z.object({ origin: text, cashier, charges, checkout });

const keptKeys = z.object({
	origin: text,
	cashier,
	charges: charges.optional().catch(undefined),
	checkout: checkout.optional().catch(undefined)
});

/** What the demo merchant holds in its hands, as `demo.json` has it. */
export type DemoKeys = z.infer<typeof demoKeys>;

/** The same in a file from before there were all of the APIs. */
export type KeptKeys = z.infer<typeof keptKeys>;

/** What `demo.json` in the data folder says; undefined where it is missing or lacks a part. */
export async function readDemoFile(dataDir: string): Promise<DemoKeys | undefined> {
	return demoKeys.safeParse(await readJson(dataDir)).data;
}

/** What the file says where it may lack the sections of the other APIs. */
export async function readKeptKeys(dataDir: string): Promise<KeptKeys | undefined> {
	return keptKeys.safeParse(await readJson(dataDir)).data;
}

async function readJson(dataDir: string): Promise<unknown> {
	const written = await readFile(pathIn(dataDir), 'utf8').catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	});
	if (written === undefined) return undefined;
	try {
		return JSON.parse(written);
	} catch {
		return undefined;
	}
}

/**
 * Writes `demo.json`, readable by its owner alone. It is renamed into place once its bytes are on
 * the disk, so that a crash leaves the whole old file or the whole new one.
 */
export async function writeDemoFile(dataDir: string, keys: DemoKeys): Promise<void> {
	await mkdir(dataDir, { recursive: true, mode: 0o700 });
	const draft = `${pathIn(dataDir)}.${randomBytes(6).toString('hex')}`;
	try {
		const file = await open(draft, 'wx', 0o600);
		try {
			await file.writeFile(JSON.stringify(keys, null, '\t') + '\n');
			await file.sync();
		} finally {
			await file.close();
		}
		await rename(draft, pathIn(dataDir));
	} catch (error) {
		await rm(draft, { force: true });
		throw error;
	}
}

/** Takes the file from the eyes of others, whoever let them see it. */
export async function closeDemoFile(dataDir: string): Promise<void> {
	await chmod(pathIn(dataDir), 0o600);
}

function pathIn(dataDir: string): string {
	return join(dataDir, 'demo.json');
}
