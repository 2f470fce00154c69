import type { Context } from '$lib/server/context';
import type { Mode } from '$lib/server/db/schema';
import { offersOf } from './fit-of';
import { listProviderAccounts } from './provider-account';

/**
 * The names of the methods by which an account leads payers to its provider's own page, as the
 * provider lists them. Undefined: the merchant has no enabled account of that id in the mode.
 */
export async function redirectMethods(
	context: Context,
	{ accountId, ...owner }: { merchantId: string; mode: Mode; accountId: number }
): Promise<string[] | undefined> {
	const accounts = await listProviderAccounts(context, owner);
	const account = accounts.find(({ id }) => id === accountId);
	if (!account) return undefined;
	const { provider, settings } = account;
	return offersOf(provider, 'deposit')
		.filter(({ kind, name }) => kind === 'redirect' && (settings.methods?.includes(name) ?? true))
		.map(({ name }) => name);
}
