import type { Context } from '$lib/server/context';
import type { Mode } from '$lib/server/db/schema';
import { seal, unseal } from './seal';

/** What an application's webhooks are signed with in one mode. */
export interface WebhookSecrets {
	/** `whsec_` and base64, as Standard Webhooks wants; or a text that the merchant gave. */
	webhookSecret: string;
	/** Of the Cashier API; null in dialects without one. */
	signaturePassword: string | null;
}

export async function readWebhookSecrets(
	context: Context,
	applicationId: string,
	mode: Mode
): Promise<WebhookSecrets> {
	const row = await context.db.read
		.selectFrom('application_modes')
		.select(['webhook_secret_sealed', 'signature_password_sealed'])
		.where('application_id', '=', applicationId)
		.where('mode', '=', mode)
		.executeTakeFirstOrThrow();
	const { webhook_secret_sealed, signature_password_sealed } = row;
	return {
		webhookSecret: unseal(context, place(applicationId, mode, 'secret'), webhook_secret_sealed),
		signaturePassword:
			signature_password_sealed &&
			unseal(context, place(applicationId, mode, 'password'), signature_password_sealed)
	};
}

/** The columns of `application_modes` that hold the secrets. */
export function sealWebhookSecrets(
	context: Context,
	applicationId: string,
	mode: Mode,
	{ webhookSecret, signaturePassword }: WebhookSecrets
) {
	return {
		webhook_secret_sealed: seal(context, place(applicationId, mode, 'secret'), webhookSecret),
		signature_password_sealed:
			signaturePassword && seal(context, place(applicationId, mode, 'password'), signaturePassword)
	};
}

/** The bytes that a webhook secret stands for: those in the base64 of ours, else those of the text. */
export function signingKey(webhookSecret: string): Buffer {
	const [, base64] = /^whsec_(.*)$/s.exec(webhookSecret) ?? [];
	return base64 === undefined ? Buffer.from(webhookSecret) : Buffer.from(base64, 'base64');
}

function place(applicationId: string, mode: Mode, what: 'secret' | 'password'): string {
	return `application_modes:${applicationId}:${mode}:${what}`;
}
