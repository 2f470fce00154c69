import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import { sql } from 'kysely';
import { refusal } from './check-settings';
import { createApplication, setApplicationMode } from './create-application';
import { readOrigin } from './origin';
import type { ApplicationOwner, PaymentApplication } from './read-payment-applications';
import { sealWebhookSecrets } from './webhook-secrets';

/** What a merchant says of a payment application; every address was checked by the caller. */
export interface PaymentApplicationFacts {
	name: string;
	url: string;
	webhookUrl: string | null;
	/** ISO 4217 codes; empty: all. */
	currencies: string[];
	allowUnderpay: boolean;
	allowOverpay: boolean;
}

/**
 * Makes an application of the Checkout API in one mode. Its payers may be returned to the origin
 * of its address and nowhere else. A call that is resumed finds what it had made.
 * @throws BusinessError `invalid` for one too many
 */
export async function createPaymentApplication(
	context: Context,
	{ merchantId, mode }: ApplicationOwner,
	{ id, facts, secret }: { id: string; facts: PaymentApplicationFacts; secret: string }
): Promise<void> {
	const { url, webhookUrl, currencies, ...others } = facts;
	await context.db.inTransaction(async (tx) => {
		const made = await tx
			.selectFrom('applications')
			.select('id')
			.where('id', '=', id)
			.executeTakeFirst();
		if (made) return;
		await requireRoom(tx, merchantId);
		await createApplication(context, tx, {
			...others,
			id,
			merchantId,
			dialect: 'checkout',
			url,
			...(currencies.length > 0 && { currencies }),
			frameOrigins: [],
			returnOrigins: originsOf(url, mode)
		});
		const opened = { applicationId: id, mode, webhookUrl, webhookSecret: secret };
		await setApplicationMode(context, tx, opened);
	});
}

/** So many that lists over them stay small; deleted ones count, as their payments stay. */
const MOST_APPLICATIONS = 250;

async function requireRoom(tx: Tx, merchantId: string): Promise<void> {
	const { count } = await tx
		.selectFrom('applications')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('merchant_id', '=', merchantId)
		.where('dialect', '=', 'checkout')
		.executeTakeFirstOrThrow();
	if (Number(count) < MOST_APPLICATIONS) return;
	const message = `is one too many: a merchant makes at most ${MOST_APPLICATIONS} applications`;
	throw refusal('application', [{ field: 'name', message }]);
}

/**
 * Changes an application; what is left out stays. A payment that was ordered before goes on as it
 * was ordered, and its next webhook goes to the new address, signed with the new secret.
 */
export async function changePaymentApplication(
	context: Context,
	{ mode }: ApplicationOwner,
	application: PaymentApplication,
	{ facts, secret }: { facts: Partial<PaymentApplicationFacts>; secret?: string }
): Promise<void> {
	const { id } = application;
	const { name, url, currencies, allowUnderpay, allowOverpay, webhookUrl } = facts;
	await context.db.inTransaction(async (tx) => {
		await tx
			.updateTable('applications')
			.set({
				name: name ?? sql.ref('name'),
				...(url !== undefined && {
					url,
					return_origins: JSON.stringify(originsOf(url, mode))
				}),
				...(currencies !== undefined && {
					currencies: currencies.length > 0 ? JSON.stringify(currencies) : null
				}),
				...(allowUnderpay !== undefined && { allow_underpay: allowUnderpay ? 1 : 0 }),
				...(allowOverpay !== undefined && { allow_overpay: allowOverpay ? 1 : 0 })
			})
			.where('id', '=', id)
			.execute();
		if (webhookUrl === undefined && secret === undefined) return;
		await changeMode(context, tx, { applicationId: id, mode, webhookUrl, secret });
	});
}

interface ChangedMode {
	applicationId: string;
	mode: ApplicationOwner['mode'];
	webhookUrl: string | null | undefined;
	secret: string | undefined;
}

async function changeMode(
	context: Context,
	tx: Tx,
	{ applicationId, mode, webhookUrl, secret }: ChangedMode
): Promise<void> {
	const sealed =
		secret !== undefined &&
		sealWebhookSecrets(context, applicationId, mode, {
			webhookSecret: secret,
			signaturePassword: null
		});
	await tx
		.updateTable('application_modes')
		.set({ ...(webhookUrl !== undefined && { webhook_url: webhookUrl }), ...sealed })
		.where('application_id', '=', applicationId)
		.where('mode', '=', mode)
		.execute();
}

/** It opens nothing any more, nor do its tokens; its payments go on, and so do their webhooks. */
export async function deletePaymentApplication(
	{ db, clock }: Context,
	application: PaymentApplication
): Promise<PaymentApplication> {
	const deletedAt = clock.now();
	await db.inTransaction((tx) =>
		tx
			.updateTable('applications')
			.set({ deleted_at: deletedAt })
			.where('id', '=', application.id)
			.where('deleted_at', 'is', null)
			.execute()
	);
	return { ...application, deletedAt };
}

function originsOf(url: string, mode: ApplicationOwner['mode']): string[] {
	const origin = readOrigin(url, mode);
	return origin === undefined ? [] : [origin];
}
