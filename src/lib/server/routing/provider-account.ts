import type { Context } from '$lib/server/context';
import { keptQuery } from '$lib/server/db/kept-query';
import type { Mode, Schema } from '$lib/server/db/schema';
import { openCredentials } from '$lib/server/merchants/provider-accounts';
import { providerNamed } from '$lib/server/providers/index';
import type { Provider, ProviderCall } from '$lib/server/providers/provider';
import { readAccountSettings, type AccountSettings } from './account-settings';

/** A provider with what it needs to act for one merchant in one mode. */
export interface ProviderAccount {
	id: number;
	merchantId: string;
	mode: Mode;
	/** What the merchant calls it. */
	name: string;
	provider: Provider;
	settings: AccountSettings;
	/** Decrypts the credentials when it is first asked for, and throws where they do not open. */
	readonly call: ProviderCall;
}

/**
 * The account of an id, enabled or not: what it has begun it has to end. Undefined when it is not
 * there or its provider is not known any more. Whose it is, and of which mode, the caller checks.
 */
export async function findProviderAccount(
	context: Context,
	id: number
): Promise<ProviderAccount | undefined> {
	const row = await context.db.read
		.selectFrom('provider_accounts')
		.select(columns)
		.where('id', '=', id)
		.executeTakeFirst();
	return row && accountOf(context, row);
}

/** The enabled accounts of a merchant in a mode, oldest first. */
export async function listProviderAccounts(
	context: Context,
	{ merchantId, mode }: { merchantId: string; mode: Mode }
): Promise<ProviderAccount[]> {
	const rows = await enabledRows(context.db.read, merchantId, mode);
	return rows.flatMap((row) => accountOf(context, row) ?? []);
}

const columns = [
	'id',
	'merchant_id',
	'mode',
	'provider',
	'credentials_sealed',
	'name',
	'settings'
] as const;

type Row = Pick<Schema['provider_accounts'], (typeof columns)[number]>;

const enabledRows = keptQuery((reader, merchantId: string, mode: Mode) =>
	reader
		.selectFrom('provider_accounts')
		.select(columns)
		.where('merchant_id', '=', merchantId)
		.where('mode', '=', mode)
		.where('enabled', '=', (value) => value.lit(1))
		.orderBy('created_at')
		.orderBy('id')
);

function accountOf(context: Context, row: Row): ProviderAccount | undefined {
	const provider = providerNamed(row.provider);
	// Live money never reaches the make-believe acquirer, whatever the tables say.
	if (!provider || (row.mode === 'live' && provider.name === 'simulator')) return undefined;
	let opened: ProviderCall | undefined;
	return {
		id: row.id,
		merchantId: row.merchant_id,
		mode: row.mode,
		// Accounts from before they had names are called as their provider.
		name: row.name || provider.name,
		provider,
		settings: readAccountSettings(row.settings),
		get call() {
			return (opened ??= openCall(context, row, provider));
		}
	};
}

function openCall(context: Context, row: Row, { name }: Provider): ProviderCall {
	// The simulator lives in this process; others' servers reach us where browsers do.
	const { origin, selfOrigin } = context.config;
	const callbackOrigin = name === 'simulator' ? selfOrigin : origin;
	return {
		fetch: context.fetch,
		credentials: openCredentials(context, row),
		callbackUrl: `${callbackOrigin}/provider-callbacks/${name}/${row.id}`
	};
}
