import { chmodSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Context } from '$lib/server/context';
import type { Database, Tx } from '$lib/server/db/database';
import { prepareDemo } from '$lib/server/demo/prepare-demo';
import { findKeyHolder } from '$lib/server/merchants/api-keys';
import { openCredentials } from '$lib/server/merchants/provider-accounts';
import { simulatorCredentials } from '$lib/server/simulator/credentials';
import { describeOnEachEngine, type TestContext } from '../databases';
import { countRows, expectInStep, holderBy, pathIn, type DemoFile } from './in-step';

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
			},
			charges: {
				client_id: expect.stringMatching(/^[0-9a-f]{32}$/),
				client_secret: expect.stringMatching(/^cds_test_/),
				webhook_secret: expect.stringMatching(/^whsec_/)
			},
			checkout: {
				application_client_id: expect.stringMatching(/^[0-9a-f]{32}$/),
				client_token: expect.stringMatching(/^cd_test_/),
				oauth_client_id: expect.stringMatching(/^[0-9a-f]{32}$/),
				oauth_client_secret: expect.stringMatching(/^cds_test_/),
				webhook_secret: expect.stringMatching(/^[\w-]{32}$/)
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
		const { charges, checkout } = before;
		expect(after.charges.webhook_secret).not.toBe(charges.webhook_secret);
		expect(after.checkout.webhook_secret).not.toBe(checkout.webhook_secret);
		expect(after.checkout.application_client_id).toBe(checkout.application_client_id);
		expect(await findKeyHolder(context, checkout.client_token)).toBeUndefined();
		for (const [dialect, id, secret] of [
			['charges', charges.client_id, charges.client_secret],
			['checkout', checkout.oauth_client_id, checkout.oauth_client_secret]
		] as const) {
			expect(await holderBy(context, dialect, id, secret)).toBeUndefined();
		}
	});

	it.each([
		['is empty', () => ''],
		['was cut off', (file: DemoFile) => JSON.stringify(file).slice(0, -20)],
		['has no origin', ({ cashier }: DemoFile) => JSON.stringify({ cashier })],
		[
			'lacks the webhook secret',
			({ origin, cashier }: DemoFile) =>
				JSON.stringify({ origin, cashier: { ...cashier, webhook_secret: undefined } })
		],
		[
			'has another password',
			({ origin, cashier }: DemoFile) =>
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
		const made = await context.db.read.selectFrom('api_clients').select('id').execute();
		// The first start's two, and those of the faster one.
		expect(made).toHaveLength(4);
		expect(keys).toEqual(await expectInStep(context));
	});

	it('never leaves keys in the file that another process has replaced', async () => {
		const context = await open();
		let hasStalled = false;
		const slow = withTransactions(context, async (run) => {
			const made = await run();
			if (!hasStalled && Object(made).cashier) {
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
		const applications = await context.db.read
			.selectFrom('applications as a')
			.innerJoin('application_modes as m', 'm.application_id', 'a.id')
			.select(['a.dialect', 'a.frame_origins', 'a.return_origins', 'a.url', 'm.webhook_url'])
			.execute();
		const origins = ['https://shop.example', 'http://localhost:4567', 'http://127.0.0.1:4567'];
		for (const application of applications) {
			expect(JSON.parse(application.frame_origins)).toEqual(origins);
			expect(JSON.parse(application.return_origins)).toEqual(origins);
			expect(application.url).toBe('https://shop.example');
		}
		const heardAt = applications.map(({ dialect, webhook_url }) => [dialect, webhook_url]);
		expect(Object.fromEntries(heardAt)).toEqual({
			cashier: 'http://127.0.0.1:4567/demo/webhook',
			charges: 'http://127.0.0.1:4567/demo/webhook/charges',
			checkout: 'http://127.0.0.1:4567/demo/webhook/checkout'
		});
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
