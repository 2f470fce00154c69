import type { Config } from '$lib/server/config';
import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Dialect } from '$lib/server/db/schema';
import {
	createApplication,
	setApplicationMode,
	type NewApplication
} from '$lib/server/merchants/create-application';
import { newWebhookSecret } from './new-webhook-secret';

/** The demo has a test mode only. */
export const DEMO_MODE = 'test';

/** The same in every database, so that a primary key lets only one demo merchant be made. */
export const merchantId = '01930000-0000-7000-8000-00000000de40';

/** One application a dialect, with ids that are the same in every database as well. */
export const applicationIds: Record<Dialect, string> = {
	cashier: '01930000-0000-7000-8000-00000000de41',
	charges: '01930000-0000-7000-8000-00000000de42',
	checkout: '01930000-0000-7000-8000-00000000de43'
};

export const dialects: readonly Dialect[] = ['cashier', 'charges', 'checkout'];

/** Makes an application of the demo merchant with its test mode. */
export async function insertApplication(context: Context, tx: Tx, dialect: Dialect): Promise<void> {
	const { config } = context;
	const application: NewApplication = {
		id: applicationIds[dialect],
		merchantId,
		dialect,
		name: 'Demo shop',
		branding: { accent: '#0b6e63', cornerRadius: 12 },
		supportContact: 'help@pelican-books.example',
		frameOrigins: ownOrigins(config),
		returnOrigins: ownOrigins(config),
		url: config.origin
	};
	await createApplication(context, tx, application);
	await setApplicationMode(context, tx, {
		applicationId: applicationIds[dialect],
		mode: DEMO_MODE,
		webhookUrl: webhookAddress(config, dialect),
		...newWebhookSecret(context, dialect)
	});
}

/**
 * Sets the addresses of the applications that are there: ORIGIN or PORT may be others than at the
 * last start, and whoever tries the API out may have changed or deleted an application.
 */
export async function updateAddresses({ db, config }: Context): Promise<void> {
	const origins = JSON.stringify(ownOrigins(config));
	const addresses = { frame_origins: origins, return_origins: origins, url: config.origin };
	await db.inTransaction(async (tx) => {
		await tx
			.updateTable('applications')
			.set({ ...addresses, deleted_at: null })
			.where('merchant_id', '=', merchantId)
			.where('id', 'in', Object.values(applicationIds))
			.where(({ or, eb }) =>
				or([
					eb('frame_origins', '!=', origins),
					eb('return_origins', '!=', origins),
					eb('url', 'is', null),
					eb('url', '!=', config.origin),
					eb('deleted_at', 'is not', null)
				])
			)
			.execute();
		for (const dialect of dialects) {
			const webhookUrl = webhookAddress(config, dialect);
			await tx
				.updateTable('application_modes')
				.set({ webhook_url: webhookUrl })
				.where('application_id', '=', applicationIds[dialect])
				.where(({ or, eb }) =>
					or([eb('webhook_url', '!=', webhookUrl), eb('webhook_url', 'is', null)])
				)
				.execute();
		}
	});
}

/** Where the shop hears of a dialect's payments: each speaks and signs in its own way. */
function webhookAddress({ selfOrigin }: Config, dialect: Dialect): string {
	return `${selfOrigin}/demo/webhook${dialect === 'cashier' ? '' : `/${dialect}`}`;
}

/** The shop's pages as browsers may reach them; people type both names of their own machine. */
function ownOrigins({ origin, port, demoOrigins }: Config): string[] {
	const own = [origin, `http://localhost:${port}`, `http://127.0.0.1:${port}`];
	return [...new Set([...own, ...demoOrigins])];
}
