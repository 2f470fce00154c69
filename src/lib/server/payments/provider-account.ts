import type { Context } from '$lib/server/context';
import type { Mode } from '$lib/server/db/schema';
import { providerNamed } from '$lib/server/providers/index';
import type { Provider, ProviderCall, ProviderName } from '$lib/server/providers/provider';
import { openCredentials } from '$lib/server/merchants/provider-accounts';

/** A provider with what it needs to act for one merchant in one mode. */
export interface ProviderAccount {
	id: number;
	merchantId: string;
	mode: Mode;
	provider: Provider;
	call: ProviderCall;
}

/** The account of an id; undefined when it is not there or its provider is not known any more. */
export async function findProviderAccount(
	context: Context,
	id: number
): Promise<ProviderAccount | undefined> {
	const row = await context.db.read
		.selectFrom('provider_accounts')
		.selectAll()
		.where('id', '=', id)
		.executeTakeFirst();
	return row && accountOf(context, row);
}

/** The account that takes a merchant's cards in a mode: the oldest that is enabled. */
export async function chooseProviderAccount(
	context: Context,
	{ merchantId, mode }: { merchantId: string; mode: Mode }
): Promise<ProviderAccount | undefined> {
	const row = await context.db.read
		.selectFrom('provider_accounts')
		.selectAll()
		.where('merchant_id', '=', merchantId)
		.where('mode', '=', mode)
		.where('enabled', '=', 1)
		.orderBy('created_at')
		.orderBy('id')
		.executeTakeFirst();
	return row && accountOf(context, row);
}

interface Row {
	id: number;
	merchant_id: string;
	mode: Mode;
	provider: string;
	credentials_sealed: string;
}

function accountOf(context: Context, row: Row): ProviderAccount | undefined {
	const provider = providerNamed(row.provider as ProviderName);
	// Live money never reaches the make-believe acquirer, whatever the tables say.
	if (!provider || (row.mode === 'live' && provider.name === 'simulator')) return undefined;
	// The simulator lives in this process; others' servers reach us where browsers do.
	const { origin, selfOrigin } = context.config;
	const callbackOrigin = provider.name === 'simulator' ? selfOrigin : origin;
	return {
		id: row.id,
		merchantId: row.merchant_id,
		mode: row.mode,
		provider,
		call: {
			fetch: context.fetch,
			credentials: openCredentials(context, row),
			callbackUrl: `${callbackOrigin}/provider-callbacks/${provider.name}/${row.id}`
		}
	};
}
