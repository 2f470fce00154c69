import type { Context } from '$lib/server/context';
import { ConflictError } from '$lib/server/db/conflict';
import type { Tx } from '$lib/server/db/database';
import type { Dialect } from '$lib/server/db/schema';
import { createApiClient, revokeApiClient } from '$lib/server/merchants/api-clients';
import { createApiKey, revokeApiKeys } from '$lib/server/merchants/api-keys';
import { setApplicationMode } from '$lib/server/merchants/create-application';
import type { WebhookSecrets } from '$lib/server/merchants/webhook-secrets';
import { applicationIds, DEMO_MODE, merchantId } from './demo-applications';
import type { DemoKeys } from './demo-file';
import type { DemoNumbers } from './ensure-accounts';
import { newWebhookSecret } from './new-webhook-secret';

/** What the demo merchant's keys are, without the numbers that go with them. */
export interface DemoSecrets {
	cashier: Omit<DemoKeys['cashier'], keyof DemoNumbers>;
	charges: DemoKeys['charges'];
	checkout: DemoKeys['checkout'];
}

const label = 'Demo shop';
const checkoutScopes = ['payments.create', 'payments.get', 'payments.user-instructions.get'];

/**
 * New keys for the demo merchant in place of all it had in some dialects; undefined when another
 * process gave it new ones since they were looked at. The sealed secret, new at every change, is
 * what the compare-and-set goes by.
 */
export async function renewKeys(
	context: Context,
	dialects: readonly Dialect[]
): Promise<Partial<DemoSecrets> | undefined> {
	const before = await context.db.read
		.selectFrom('application_modes')
		.select(['application_id', 'webhook_secret_sealed', 'webhook_url'])
		.where('application_id', 'in', Object.values(applicationIds))
		.where('mode', '=', DEMO_MODE)
		.execute();
	try {
		return await context.db.inTransaction(async (tx) => {
			const renew = async (dialect: Dialect) => {
				const seen = before.find((row) => row.application_id === applicationIds[dialect]);
				return renewWebhookSecrets(context, tx, dialect, seen);
			};
			const has = (dialect: Dialect) => dialects.includes(dialect);
			return {
				...(has('cashier') && {
					cashier: await renewCashier(context, tx, await renew('cashier'))
				}),
				...(has('charges') && {
					charges: await renewCharges(context, tx, await renew('charges'))
				}),
				...(has('checkout') && {
					checkout: await renewCheckout(context, tx, await renew('checkout'))
				})
			};
		});
	} catch (error) {
		if (error instanceof ConflictError) return undefined;
		throw error;
	}
}

/** Takes the application for itself, by what was seen of it, and gives it new secrets. */
async function renewWebhookSecrets(
	context: Context,
	tx: Tx,
	dialect: Dialect,
	seen: { webhook_secret_sealed: string; webhook_url: string | null } | undefined
): Promise<WebhookSecrets> {
	const applicationId = applicationIds[dialect];
	const taken = await tx
		.updateTable('application_modes')
		.set({ webhook_secret_sealed: '' })
		.where('application_id', '=', applicationId)
		.where('mode', '=', DEMO_MODE)
		.where('webhook_secret_sealed', '=', seen?.webhook_secret_sealed ?? '')
		.executeTakeFirst();
	if (taken.numUpdatedRows !== 1n) throw new ConflictError('the keys have changed');
	await revokeApiKeys(context, tx, { applicationId, mode: DEMO_MODE });
	await revokeClients(context, tx, dialect);
	return setApplicationMode(context, tx, {
		applicationId,
		mode: DEMO_MODE,
		webhookUrl: seen?.webhook_url ?? null,
		...newWebhookSecret(context, dialect)
	});
}

async function revokeClients(context: Context, tx: Tx, dialect: Dialect): Promise<void> {
	const clients = await tx
		.selectFrom('api_clients')
		.select('client_id')
		.where('merchant_id', '=', merchantId)
		.where('dialect', '=', dialect)
		.where('mode', '=', DEMO_MODE)
		.where('revoked_at', 'is', null)
		.execute();
	for (const { client_id } of clients) await revokeApiClient(context, tx, client_id);
}

async function renewCashier(
	context: Context,
	tx: Tx,
	secrets: WebhookSecrets
): Promise<DemoSecrets['cashier']> {
	const applicationId = applicationIds.cashier;
	return {
		application_id: applicationId,
		api_key: await createApiKey(context, tx, { applicationId, mode: DEMO_MODE, label }),
		signature_password: secrets.signaturePassword ?? '',
		webhook_secret: secrets.webhookSecret
	};
}

async function renewCharges(
	context: Context,
	tx: Tx,
	{ webhookSecret }: WebhookSecrets
): Promise<DemoSecrets['charges']> {
	const applicationId = applicationIds.charges;
	const client = { merchantId, applicationId, dialect: 'charges', mode: DEMO_MODE, label } as const;
	const { clientId, clientSecret } = await createApiClient(context, tx, client);
	return { client_id: clientId, client_secret: clientSecret, webhook_secret: webhookSecret };
}

/** A token for the application, and a client for the merchant in all its applications. */
async function renewCheckout(
	context: Context,
	tx: Tx,
	{ webhookSecret }: WebhookSecrets
): Promise<DemoSecrets['checkout']> {
	const mode = DEMO_MODE;
	const applicationId = applicationIds.checkout;
	const { client_id } = await tx
		.selectFrom('applications')
		.select('client_id')
		.where('id', '=', applicationId)
		.executeTakeFirstOrThrow();
	const key = { applicationId, mode, label, scopes: checkoutScopes } as const;
	const client = { merchantId, applicationId: null, dialect: 'checkout', mode, label } as const;
	const clientToken = await createApiKey(context, tx, key);
	const { clientId, clientSecret } = await createApiClient(context, tx, client);
	return {
		application_client_id: client_id ?? '',
		client_token: clientToken,
		oauth_client_id: clientId,
		oauth_client_secret: clientSecret,
		webhook_secret: webhookSecret
	};
}
