import { chmodSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Context } from '$lib/server/context';
import type { Database, Tx } from '$lib/server/db/database';
import { prepareDemo } from '$lib/server/demo/prepare-demo';
import { findKeyHolder } from '$lib/server/merchants/api-keys';
import { openCredentials } from '$lib/server/merchants/provider-accounts';
import { readWebhookSecrets } from '$lib/server/merchants/webhook-secrets';
import { findProviderAccount } from '$lib/server/routing/provider-account';
import { findRoutingSet } from '$lib/server/routing/routing-set';
import { simulatorCredentials } from '$lib/server/simulator/credentials';
import { describeOnEachEngine, type TestContext } from '../databases';

interface File {
	origin: string;
	cashier: Record<'application_id' | 'api_key' | 'signature_password' | 'webhook_secret', string> &
		Record<'provider_id' | 'routing_id', number>;
}

const pathIn = ({ config }: Context) => join(config.dataDir, 'demo.json');
const fileOf = (context: Context) => JSON.parse(readFileSync(pathIn(context), 'utf8')) as File;

/** The file, after seeing that the database agrees with it. */
async function expectInStep(context: TestContext): Promise<File> {
	const file = fileOf(context);
	const { application_id, api_key, provider_id, routing_id } = file.cashier;
	// A key's holder is remembered for half a second.
	context.clock.advance(1000);
	expect(await findKeyHolder(context, api_key)).toMatchObject({
		mode: 'test',
		application: { id: application_id, dialect: 'cashier' }
	});
	expect(await readWebhookSecrets(context, application_id, 'test')).toEqual({
		webhookSecret: file.cashier.webhook_secret,
		signaturePassword: file.cashier.signature_password
	});
	expect(await countRows(context, 'merchants')).toBe(1);
	expect(await countRows(context, 'applications')).toBe(1);
	expect(await countKeysInUse(context)).toBe(1);
	expect(await namesIn(context, 'provider_accounts')).toEqual([
		'Simulator',
		'Simulator, dollars only',
		'Simulator, moody'
	]);
	expect(await namesIn(context, 'routing_sets')).toEqual(['Cascade', 'Standard']);
	const owner = { merchantId, mode: 'test' as const };
	expect(await findProviderAccount(context, provider_id)).toMatchObject({
		...owner,
		name: 'Simulator'
	});
	const set = await findRoutingSet(context, { ...owner, id: routing_id });
	expect(set?.name).toBe('Cascade');
	return file;
}

async function namesIn(
	{ db }: Context,
	table: 'provider_accounts' | 'routing_sets'
): Promise<string[]> {
	const rows = await db.read.selectFrom(table).select('name').execute();
	return rows.map(({ name }) => name).sort();
}

async function countRows({ db }: Context, table: 'merchants' | 'applications'): Promise<number> {
	const rows = await db.read.selectFrom(table).select('id').execute();
	return rows.length;
}

async function countKeysInUse({ db }: Context): Promise<number> {
	const keys = db.read.selectFrom('api_keys').select('id').where('revoked_at', 'is', null);
	return (await keys.execute()).length;
}

describeOnEachEngine('the demo', (open) => {
	it('gets its merchant and its file at the first start', async () => {
		const context = await open();
		const keys = await prepareDemo(context);
		const file = await expectInStep(context);
		expect(keys).toEqual(file);
		expect(file).toEqual({
			origin: context.config.origin,
			cashier: {
				application_id: expect.any(String),
				api_key: expect.stringMatching(/^cd_test_/),
				signature_password: expect.stringMatching(/^spg_test_/),
				webhook_secret: expect.stringMatching(/^whsec_/),
				provider_id: expect.any(Number),
				routing_id: expect.any(Number)
			}
		});
		expect(statSync(pathIn(context)).mode & 0o777).toBe(0o600);
		const drafts = readdirSync(context.config.dataDir).filter((name) => name.startsWith('demo.'));
		expect(drafts).toEqual(['demo.json']);
	});

	it('keeps its keys over a restart', async () => {
		const context = await open();
		await prepareDemo(context);
		const before = readFileSync(pathIn(context), 'utf8');
		chmodSync(pathIn(context), 0o644);
		await prepareDemo(context);
		await expectInStep(context);
		expect(readFileSync(pathIn(context), 'utf8')).toBe(before);
		expect(statSync(pathIn(context)).mode & 0o777).toBe(0o600);
	});

	it('gets new keys where the file is missing, and the old ones end', async () => {
		const context = await open();
		await prepareDemo(context);
		const before = await expectInStep(context);
		rmSync(pathIn(context));
		await prepareDemo(context);
		const after = await expectInStep(context);
		for (const name of ['api_key', 'signature_password', 'webhook_secret'] as const) {
			expect(after.cashier[name]).not.toBe(before.cashier[name]);
		}
		expect(after.cashier.application_id).toBe(before.cashier.application_id);
		expect(await findKeyHolder(context, before.cashier.api_key)).toBeUndefined();
	});

	it.each([
		['is empty', () => ''],
		['was cut off', (file: File) => JSON.stringify(file).slice(0, -20)],
		['has no origin', ({ cashier }: File) => JSON.stringify({ cashier })],
		[
			'lacks the webhook secret',
			({ origin, cashier }: File) =>
				JSON.stringify({ origin, cashier: { ...cashier, webhook_secret: undefined } })
		],
		[
			'has another password',
			({ origin, cashier }: File) =>
				JSON.stringify({ origin, cashier: { ...cashier, signature_password: 'spg_test_x' } })
		]
	])('gets new keys where the file %s', async (_, spoil) => {
		const context = await open();
		await prepareDemo(context);
		const before = await expectInStep(context);
		writeFileSync(pathIn(context), spoil(before));
		await prepareDemo(context);
		const after = await expectInStep(context);
		expect(after.cashier.api_key).not.toBe(before.cashier.api_key);
	});

	it('makes one merchant when several processes start at once', async () => {
		const context = await open();
		await Promise.all(Array.from({ length: 4 }, () => prepareDemo(context)));
		await expectInStep(context);
	});

	it('makes one set of keys when several processes find the file gone', async () => {
		const context = await open();
		await prepareDemo(context);
		rmSync(pathIn(context));
		await Promise.all(Array.from({ length: 4 }, () => prepareDemo(context)));
		await expectInStep(context);
	});

	it('takes the keys of another process that was faster', async () => {
		const context = await open();
		await prepareDemo(context);
		rmSync(pathIn(context));
		// The first transaction sees to the addresses, the second makes keys.
		let transactions = 0;
		const slow = withTransactions(context, async (run) => {
			if (++transactions === 2) await prepareDemo(context);
			return run();
		});
		const keys = await prepareDemo(slow);
		const inUse = await context.db.read.selectFrom('api_keys').select('id').execute();
		expect(inUse).toHaveLength(2);
		expect(keys).toEqual(await expectInStep(context));
	});

	it('never leaves keys in the file that another process has replaced', async () => {
		const context = await open();
		let hasStalled = false;
		const slow = withTransactions(context, async (run) => {
			const made = await run();
			if (!hasStalled && Object(made).api_key) {
				hasStalled = true;
				await prepareDemo(context);
			}
			return made;
		});
		const keys = await prepareDemo(slow);
		expect(hasStalled).toBe(true);
		expect(keys).toEqual(await expectInStep(context));
	});

	it('follows a changed address', async () => {
		const context = await open();
		await prepareDemo(context);
		const before = await expectInStep(context);
		const moved = {
			...context,
			config: {
				...context.config,
				port: 4567,
				origin: 'https://shop.example',
				selfOrigin: 'http://127.0.0.1:4567'
			}
		};
		await prepareDemo(moved);
		const after = await expectInStep(context);
		expect(after).toEqual({ ...before, origin: 'https://shop.example' });
		const application = await context.db.read
			.selectFrom('applications as a')
			.innerJoin('application_modes as m', 'm.application_id', 'a.id')
			.select(['a.frame_origins', 'a.return_origins', 'm.webhook_url'])
			.executeTakeFirstOrThrow();
		const origins = ['https://shop.example', 'http://localhost:4567', 'http://127.0.0.1:4567'];
		expect(JSON.parse(application.frame_origins)).toEqual(origins);
		expect(JSON.parse(application.return_origins)).toEqual(origins);
		expect(application.webhook_url).toBe('http://127.0.0.1:4567/demo/webhook');
		expect(await credentialsOf(moved)).toEqual(simulatorCredentials(moved));
	});

	it('starts afresh under another CASHDESK_SECRET', async () => {
		const context = await open();
		await prepareDemo(context);
		const before = await expectInStep(context);
		const config = { ...context.config, secret: context.random.bytes(32) };
		const changed = { ...context, config };
		await prepareDemo(changed);
		const after = await expectInStep(changed);
		expect(after.cashier.api_key).not.toBe(before.cashier.api_key);
		expect(await credentialsOf(changed)).toEqual(simulatorCredentials(changed));
		expect(await credentialsOf(changed, 'Simulator, moody')).toEqual({
			...simulatorCredentials(changed),
			temper: 'moody'
		});
	});

	it('is not there in live mode', async () => {
		const context = await open();
		const live = { ...context, config: { ...context.config, live: true } };
		expect(await prepareDemo(live)).toBeUndefined();
		expect(await countRows(context, 'merchants')).toBe(0);
		expect(readdirSync(context.config.dataDir)).not.toContain('demo.json');
	});
});

/** The context of a process whose transactions something happens around. */
function withTransactions(
	context: TestContext,
	around: (run: () => Promise<unknown>) => Promise<unknown>
): Context {
	const { db } = context;
	const inTransaction: Database['inTransaction'] = async <T>(work: (tx: Tx) => Promise<T>) =>
		(await around(() => db.inTransaction(work))) as T;
	return { ...context, db: { ...db, inTransaction } };
}

const merchantId = '01930000-0000-7000-8000-00000000de40';

async function credentialsOf(
	context: Context,
	name = 'Simulator'
): Promise<Record<string, string>> {
	const account = await context.db.read
		.selectFrom('provider_accounts')
		.select(['id', 'credentials_sealed'])
		.where('name', '=', name)
		.executeTakeFirstOrThrow();
	return openCredentials(context, account);
}
