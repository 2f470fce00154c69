import type { Context } from '$lib/server/context';
import type { Dialect } from '$lib/server/db/schema';
import { findApiClient } from '$lib/server/merchants/api-clients';
import { readWebhookSecrets, type WebhookSecrets } from '$lib/server/merchants/webhook-secrets';
import { sameSecret } from '$lib/server/secrets/same-secret';
import { sha256 } from '$lib/server/secrets/sha256';
import { applicationIds, DEMO_MODE } from './demo-applications';
import type { KeptKeys } from './demo-file';
import type { DemoSecrets } from './renew-keys';

/** Those sections of the file whose keys the database knows, with no others in their place. */
export async function findCurrentKeys(
	context: Context,
	{ cashier, charges, checkout }: KeptKeys
): Promise<Partial<DemoSecrets>> {
	return {
		...((await isCashierCurrent(context, cashier)) && { cashier }),
		...(charges && (await areChargesCurrent(context, charges)) && { charges }),
		...(checkout && (await isCheckoutCurrent(context, checkout)) && { checkout })
	};
}

async function isCashierCurrent(context: Context, keys: KeptKeys['cashier']): Promise<boolean> {
	if (keys.application_id !== applicationIds.cashier) return false;
	const secrets = await secretsOf(context, 'cashier');
	return (
		(await isKeyOf(context, 'cashier', keys.api_key)) &&
		sameSecret(secrets?.webhookSecret ?? '', keys.webhook_secret) &&
		sameSecret(secrets?.signaturePassword ?? '', keys.signature_password)
	);
}

async function areChargesCurrent(context: Context, keys: DemoSecrets['charges']): Promise<boolean> {
	const { client_id: clientId, client_secret: clientSecret, webhook_secret } = keys;
	const client = await findApiClient(context, 'charges', { clientId, clientSecret });
	const secrets = await secretsOf(context, 'charges');
	return client !== undefined && sameSecret(secrets?.webhookSecret ?? '', webhook_secret);
}

async function isCheckoutCurrent(
	context: Context,
	keys: DemoSecrets['checkout']
): Promise<boolean> {
	const application = await context.db.read
		.selectFrom('applications')
		.select('client_id')
		.where('id', '=', applicationIds.checkout)
		.executeTakeFirst();
	const { oauth_client_id: clientId, oauth_client_secret: clientSecret } = keys;
	const client = await findApiClient(context, 'checkout', { clientId, clientSecret });
	const secrets = await secretsOf(context, 'checkout');
	return (
		application?.client_id === keys.application_client_id &&
		client !== undefined &&
		(await isKeyOf(context, 'checkout', keys.client_token)) &&
		sameSecret(secrets?.webhookSecret ?? '', keys.webhook_secret)
	);
}

async function isKeyOf({ db }: Context, dialect: Dialect, key: string): Promise<boolean> {
	const row = await db.read
		.selectFrom('api_keys')
		.select('id')
		.where('sha256', '=', sha256(key))
		.where('application_id', '=', applicationIds[dialect])
		.where('mode', '=', DEMO_MODE)
		.where('revoked_at', 'is', null)
		.executeTakeFirst();
	return row !== undefined;
}

/** Undefined where they do not open: CASHDESK_SECRET is another one than before. */
async function secretsOf(context: Context, dialect: Dialect): Promise<WebhookSecrets | undefined> {
	const id = applicationIds[dialect];
	return readWebhookSecrets(context, id, DEMO_MODE).catch(() => undefined);
}
