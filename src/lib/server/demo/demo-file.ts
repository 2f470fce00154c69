import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const demoKeys = z.object({
	/** Where the demo is reached. */
	origin: z.string().min(1),
	cashier: z.object({
		application_id: z.string().min(1),
		api_key: z.string().min(1),
		signature_password: z.string().min(1),
		webhook_secret: z.string().min(1),
		/** An account that takes every method, for calls that name one; 0 in files from before. */
		provider_id: z.int().default(0),
		/** A set of rules whose first account declines; 0 in files from before. */
		routing_id: z.int().default(0)
	})
});

/** What the demo merchant holds in its hands, as `demo.json` has it. */
export type DemoKeys = z.infer<typeof demoKeys>;

/** What `demo.json` in the data folder says; undefined where it is missing or lacks a part. */
export async function readDemoFile(dataDir: string): Promise<DemoKeys | undefined> {
	const text = await readFile(pathIn(dataDir), 'utf8').catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	});
	if (text === undefined) return undefined;
	try {
		return demoKeys.safeParse(JSON.parse(text)).data;
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
