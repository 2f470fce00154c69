import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Context } from '$lib/server/context';
import { findTokenHolder, issueAccessToken } from '$lib/server/merchants/access-tokens';
import { findApiClient } from '$lib/server/merchants/api-clients';
import { findKeyHolder } from '$lib/server/merchants/api-keys';
import { readWebhookSecrets } from '$lib/server/merchants/webhook-secrets';
import { findProviderAccount } from '$lib/server/routing/provider-account';
import { findRoutingSet } from '$lib/server/routing/routing-set';
import type { TestContext } from '../databases';

const merchantId = '01930000-0000-7000-8000-00000000de40';
export const applicationIds = {
	charges: '01930000-0000-7000-8000-00000000de42',
	checkout: '01930000-0000-7000-8000-00000000de43'
};

export interface DemoFile {
	origin: string;
	cashier: Record<'application_id' | 'api_key' | 'signature_password' | 'webhook_secret', string> &
		Record<'provider_id' | 'routing_id', number>;
	charges: Record<'client_id' | 'client_secret' | 'webhook_secret', string>;
	checkout: Record<
		| 'application_client_id'
		| 'client_token'
		| 'oauth_client_id'
		| 'oauth_client_secret'
		| 'webhook_secret',
		string
	>;
}

export const pathIn = ({ config }: Context) => join(config.dataDir, 'demo.json');
const fileOf = (context: Context) => JSON.parse(readFileSync(pathIn(context), 'utf8')) as DemoFile;

/** The file, after seeing that the database agrees with it. */
export async function expectInStep(context: TestContext): Promise<DemoFile> {
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
	await expectOtherApis(context, file);
	expect(await countRows(context, 'merchants')).toBe(1);
	expect(await countRows(context, 'applications')).toBe(3);
	expect(await countInUse(context, 'api_keys')).toBe(2);
	expect(await countInUse(context, 'api_clients')).toBe(2);
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

/** What the other sections say opens what it should, and no more. */
async function expectOtherApis(
	context: TestContext,
	{ charges, checkout }: DemoFile
): Promise<void> {
	const ids = applicationIds;
	expect(
		await holderBy(context, 'charges', charges.client_id, charges.client_secret)
	).toMatchObject({
		merchantId,
		mode: 'test',
		application: { id: ids.charges, dialect: 'charges' }
	});
	const { oauth_client_id, oauth_client_secret, application_client_id } = checkout;
	expect(await holderBy(context, 'checkout', oauth_client_id, oauth_client_secret)).toMatchObject({
		merchantId,
		mode: 'test',
		application: null
	});
	expect(await findKeyHolder(context, checkout.client_token)).toMatchObject({
		mode: 'test',
		application: {
			id: ids.checkout,
			dialect: 'checkout',
			clientId: application_client_id,
			currencies: null,
			allowUnderpay: false,
			allowOverpay: false
		},
		scopes: ['payments.create', 'payments.get', 'payments.user-instructions.get']
	});
	for (const [id, { webhook_secret }] of [
		[ids.charges, charges],
		[ids.checkout, checkout]
	] as const) {
		const { webhookSecret } = await readWebhookSecrets(context, id, 'test');
		expect(webhookSecret).toBe(webhook_secret);
	}
}

/** Who holds a token that the client fetches; undefined: it is refused one. */
export async function holderBy(
	context: Context,
	dialect: 'charges' | 'checkout',
	clientId: string,
	clientSecret: string
) {
	const client = await findApiClient(context, dialect, { clientId, clientSecret });
	return client && findTokenHolder(context, await issueAccessToken(context, client, 60));
}

async function namesIn(
	{ db }: Context,
	table: 'provider_accounts' | 'routing_sets'
): Promise<string[]> {
	const rows = await db.read.selectFrom(table).select('name').execute();
	return rows.map(({ name }) => name).sort();
}

export async function countRows(
	{ db }: Context,
	table: 'merchants' | 'applications'
): Promise<number> {
	const rows = await db.read.selectFrom(table).select('id').execute();
	return rows.length;
}

async function countInUse({ db }: Context, table: 'api_keys' | 'api_clients'): Promise<number> {
	const rows = db.read.selectFrom(table).select('id').where('revoked_at', 'is', null);
	return (await rows.execute()).length;
}
