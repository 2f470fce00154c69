import type { Context } from '$lib/server/context';
import { isUniqueViolation } from '$lib/server/db/conflict';
import type { Tx } from '$lib/server/db/database';
import { createMerchant } from '$lib/server/merchants/create-application';
import { openCredentials, setCredentials } from '$lib/server/merchants/provider-accounts';
import { credentialsFor } from './demo-accounts';
import {
	applicationIds,
	DEMO_MODE,
	dialects,
	insertApplication,
	merchantId,
	updateAddresses
} from './demo-applications';
import { refreshDemoRates } from './demo-rates';
import { ensureAccounts, type DemoNumbers } from './ensure-accounts';

/**
 * Makes the demo merchant unless there is one, and brings up to date what it has: applications,
 * addresses, credentials, accounts, rules, rates.
 */
export async function ensureDemoMerchant(context: Context): Promise<DemoNumbers> {
	await ensureApplications(context);
	await updateAddresses(context);
	await updateCredentials(context);
	await refreshDemoRates(context);
	return ensureAccounts(context, { merchantId, mode: DEMO_MODE });
}

/** One by one, so that a merchant from before there were others gets what it lacks. */
async function ensureApplications(context: Context): Promise<void> {
	const rows = await context.db.read
		.selectFrom('applications')
		.select('id')
		.where('merchant_id', '=', merchantId)
		.execute();
	const known = new Set(rows.map(({ id }) => id));
	if (known.size === 0) {
		await makeOnce(context, (tx) => createMerchant(context, tx, 'Pelican Books', merchantId));
	}
	for (const dialect of dialects.filter((one) => !known.has(applicationIds[one]))) {
		await makeOnce(context, (tx) => insertApplication(context, tx, dialect));
	}
}

/** Made whole or not at all. Who comes second, at the same moment, finds it made. */
async function makeOnce({ db }: Context, insert: (tx: Tx) => Promise<unknown>): Promise<void> {
	try {
		await db.inTransaction(insert);
	} catch (error) {
		if (!isUniqueViolation(error)) throw error;
	}
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
