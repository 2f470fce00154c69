import type { Context } from '$lib/server/context';
import type { Reader, Tx } from '$lib/server/db/database';
import { createProviderAccount } from '$lib/server/merchants/provider-accounts';
import { saveAccountSettings } from '$lib/server/routing/account-settings';
import { saveRoutingSet } from '$lib/server/routing/routing-set';
import { CASCADE, credentialsFor, demoAccounts, demoSets } from './demo-accounts';

interface Owner {
	merchantId: string;
	mode: 'test';
}

/** What the demo merchant's API calls can name. */
export interface DemoNumbers {
	provider_id: number;
	routing_id: number;
}

/**
 * Gives the demo merchant what it lacks of accounts and sets of rules. What it has stays as it is,
 * since whoever tries things out may have changed it.
 */
export async function ensureAccounts(context: Context, owner: Owner): Promise<DemoNumbers> {
	const { db } = context;
	const existing = await readNumbers(db.read, owner);
	if (existing) return existing;
	return db.inTransaction(async (tx) => {
		await meetOthers(tx, owner);
		await makeAccounts(context, tx, owner);
		await makeSets(context, tx, owner);
		const made = await readNumbers(tx, owner);
		if (!made) throw new Error('The demo merchant lacks what it was just given');
		return made;
	});
}

/** Processes that start at the same moment write one row: the second waits and finds all made. */
async function meetOthers(tx: Tx, { merchantId }: Owner): Promise<void> {
	await tx
		.updateTable('merchants')
		.set(({ ref }) => ({ name: ref('name') }))
		.where('id', '=', merchantId)
		.execute();
}

async function makeAccounts(context: Context, tx: Tx, owner: Owner): Promise<void> {
	const [first] = demoAccounts;
	const before = await readAccounts(tx, owner);
	const [oldest] = before;
	if (oldest && !before.some(({ name }) => name === first.name)) {
		await tx
			.updateTable('provider_accounts')
			.set({ name: first.name })
			.where('id', '=', oldest.id)
			.execute();
		await saveAccountSettings(context, tx, oldest.id, first.settings);
	}
	const known = new Set((await readAccounts(tx, owner)).map(({ name }) => name));
	for (const { name, settings } of demoAccounts.filter((one) => !known.has(one.name))) {
		const credentials = credentialsFor(context, name);
		const account = { ...owner, provider: 'simulator', name, credentials };
		const id = await createProviderAccount(context, tx, account);
		await saveAccountSettings(context, tx, id, settings);
	}
}

async function makeSets(context: Context, tx: Tx, owner: Owner): Promise<void> {
	const accounts = await readAccounts(tx, owner);
	const sets = demoSets((name) => accounts.find((account) => account.name === name)?.id ?? 0);
	const known = new Set((await readSets(tx, owner)).map(({ name }) => name));
	for (const set of sets.filter(({ name }) => !known.has(name))) {
		await saveRoutingSet(context, tx, { ...owner, ...set });
	}
}

/** Undefined while something is missing. */
async function readNumbers(reader: Reader, owner: Owner): Promise<DemoNumbers | undefined> {
	const [accounts, sets] = [await readAccounts(reader, owner), await readSets(reader, owner)];
	const ids = demoAccounts.map(({ name }) => accounts.find((one) => one.name === name)?.id);
	const cascade = sets.find(({ name }) => name === CASCADE);
	const [providerId] = ids;
	if (providerId === undefined || ids.includes(undefined) || !cascade) return undefined;
	return { provider_id: providerId, routing_id: cascade.id };
}

/** The accounts with the make-believe acquirer, oldest first. */
async function readAccounts(reader: Reader, { merchantId, mode }: Owner) {
	return reader
		.selectFrom('provider_accounts')
		.select(['id', 'name'])
		.where('merchant_id', '=', merchantId)
		.where('mode', '=', mode)
		.where('provider', '=', 'simulator')
		.orderBy('created_at')
		.orderBy('id')
		.execute();
}

async function readSets(reader: Reader, { merchantId, mode }: Owner) {
	return reader
		.selectFrom('routing_sets')
		.select(['id', 'name'])
		.where('merchant_id', '=', merchantId)
		.where('mode', '=', mode)
		.execute();
}
