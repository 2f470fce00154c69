import { newId, type Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Dialect, Mode } from '$lib/server/db/schema';
import { makeSecret, makeWebhookSecret } from '$lib/server/secrets/make-secret';
import type { Branding } from './application';
import { newClientId } from './new-client-id';
import { sealWebhookSecrets, type WebhookSecrets } from './webhook-secrets';

export interface NewApplication {
	/** For one that must be the only one of its kind: its primary key refuses a second. */
	id?: string;
	merchantId: string;
	dialect: Dialect;
	name: string;
	branding?: Branding;
	supportContact?: string;
	/** Parsed origins; see origin.ts. */
	frameOrigins: string[];
	returnOrigins: string[];
	url?: string;
	/** ISO 4217 codes; none given: all. */
	currencies?: string[];
	allowUnderpay?: boolean;
	allowOverpay?: boolean;
}

interface OpenedMode {
	applicationId: string;
	mode: Mode;
	/** Null: nobody wants to hear. */
	webhookUrl: string | null;
	webhookSecret?: string;
}

export async function createMerchant(
	context: Context,
	tx: Tx,
	name: string,
	id: string = newId(context)
): Promise<string> {
	await tx.insertInto('merchants').values({ id, name, created_at: context.clock.now() }).execute();
	return id;
}

export async function createApplication(
	context: Context,
	tx: Tx,
	application: NewApplication
): Promise<string> {
	const { id = newId(context) } = application;
	await tx
		.insertInto('applications')
		.values({
			id,
			merchant_id: application.merchantId,
			dialect: application.dialect,
			name: application.name,
			branding: JSON.stringify(application.branding ?? {}),
			support_contact: application.supportContact ?? null,
			frame_origins: JSON.stringify(application.frameOrigins),
			return_origins: JSON.stringify(application.returnOrigins),
			created_at: context.clock.now(),
			client_id: application.dialect === 'checkout' ? newClientId(context) : null,
			url: application.url ?? null,
			currencies: application.currencies ? JSON.stringify(application.currencies) : null,
			allow_underpay: application.allowUnderpay ? 1 : 0,
			allow_overpay: application.allowOverpay ? 1 : 0,
			deleted_at: null
		})
		.execute();
	return id;
}

/**
 * Opens a mode of an application with fresh secrets, or gives it new ones; returns them. A merchant
 * may bring a webhook secret along.
 */
export async function setApplicationMode(
	context: Context,
	tx: Tx,
	{ applicationId, mode, webhookUrl, webhookSecret }: OpenedMode
): Promise<WebhookSecrets> {
	const secrets: WebhookSecrets = {
		webhookSecret: webhookSecret ?? makeWebhookSecret(context.random.bytes),
		signaturePassword: makeSecret(`spg_${mode}`, context.random.bytes)
	};
	const values = {
		webhook_url: webhookUrl,
		...sealWebhookSecrets(context, applicationId, mode, secrets)
	};
	await tx
		.insertInto('application_modes')
		.values({ application_id: applicationId, mode, ...values })
		.onConflict((conflict) => conflict.columns(['application_id', 'mode']).doUpdateSet(values))
		.execute();
	return secrets;
}
