import type { Config } from '$lib/server/config';
import type { Context } from '$lib/server/context';
import { isUniqueViolation } from '$lib/server/db/conflict';
import type { Tx } from '$lib/server/db/database';
import {
	createApplication,
	createMerchant,
	setApplicationMode
} from '$lib/server/merchants/create-application';
import { openCredentials, setCredentials } from '$lib/server/merchants/provider-accounts';
import { credentialsFor } from './demo-accounts';
import { refreshDemoRates } from './demo-rates';
import { ensureAccounts, type DemoNumbers } from './ensure-accounts';

/** The same in every database, so that a primary key lets only one demo merchant be made. */
const merchantId = '01930000-0000-7000-8000-00000000de40';
const applicationId = '01930000-0000-7000-8000-00000000de41';

/** The demo's application, which has a test mode only. */
export const demoApplication = { applicationId, mode: 'test' } as const;

/**
 * Makes the demo merchant unless there is one, and brings up to date what it has: addresses,
 * credentials, accounts, rules, rates.
 */
export async function ensureDemoMerchant(context: Context): Promise<DemoNumbers> {
	const existing = await context.db.read
		.selectFrom('applications')
		.select('id')
		.where('id', '=', applicationId)
		.executeTakeFirst();
	if (!existing) await createDemoMerchant(context);
	await updateAddresses(context);
	await updateCredentials(context);
	await refreshDemoRates(context);
	return ensureAccounts(context, { merchantId, mode: demoApplication.mode });
}

/** Made whole or not at all. Who comes second, at the same moment, finds it made. */
async function createDemoMerchant(context: Context): Promise<void> {
	try {
		await context.db.inTransaction(async (tx) => insertDemoMerchant(context, tx));
	} catch (error) {
		if (!isUniqueViolation(error)) throw error;
	}
}

async function insertDemoMerchant(context: Context, tx: Tx): Promise<void> {
	const { config } = context;
	await createMerchant(context, tx, 'Pelican Books', merchantId);
	await createApplication(context, tx, {
		id: applicationId,
		merchantId,
		dialect: 'cashier',
		name: 'Demo shop',
		branding: { accent: '#0b6e63', cornerRadius: 12 },
		supportContact: 'help@pelican-books.example',
		frameOrigins: ownOrigins(config),
		returnOrigins: ownOrigins(config)
	});
	const webhookUrl = webhookAddress(config);
	await setApplicationMode(context, tx, { ...demoApplication, webhookUrl });
}

/** ORIGIN or PORT may be others than at the last start. */
async function updateAddresses({ db, config }: Context): Promise<void> {
	const origins = JSON.stringify(ownOrigins(config));
	await db.inTransaction(async (tx) => {
		await tx
			.updateTable('applications')
			.set({ frame_origins: origins, return_origins: origins })
			.where('id', '=', applicationId)
			.where(({ or, eb }) =>
				or([eb('frame_origins', '!=', origins), eb('return_origins', '!=', origins)])
			)
			.execute();
		const webhookUrl = webhookAddress(config);
		await tx
			.updateTable('application_modes')
			.set({ webhook_url: webhookUrl })
			.where('application_id', '=', applicationId)
			.where(({ or, eb }) =>
				or([eb('webhook_url', '!=', webhookUrl), eb('webhook_url', 'is', null)])
			)
			.execute();
	});
}

/** The simulator's credentials name its addresses, and come from CASHDESK_SECRET. */
async function updateCredentials(context: Context): Promise<void> {
	const accounts = await context.db.read
		.selectFrom('provider_accounts')
		.select(['id', 'name', 'credentials_sealed'])
		.where('merchant_id', '=', merchantId)
		.where('provider', '=', 'simulator')
		.execute();
	const outdated = accounts
		.map((account) => ({ ...account, credentials: credentialsFor(context, account.name) }))
		.filter((account) => !holds(context, account, account.credentials));
	if (outdated.length === 0) return;
	await context.db.inTransaction(async (tx) => {
		for (const account of outdated) await setCredentials(context, tx, account);
	});
}

function holds(
	context: Context,
	account: { id: number; credentials_sealed: string },
	credentials: Record<string, string>
): boolean {
	try {
		const held = openCredentials(context, account);
		return Object.entries(credentials).every(([name, value]) => held[name] === value);
	} catch {
		// Sealed under another secret: nobody can use them any more.
		return false;
	}
}

function webhookAddress({ selfOrigin }: Config): string {
	return `${selfOrigin}/demo/webhook`;
}

/** The shop's pages as browsers may reach them; people type both names of their own machine. */
function ownOrigins({ origin, port, demoOrigins }: Config): string[] {
	const own = [origin, `http://localhost:${port}`, `http://127.0.0.1:${port}`];
	return [...new Set([...own, ...demoOrigins])];
}
