import type { Context } from '$lib/server/context';
import type { Mode } from '$lib/server/db/schema';
import { chooseProviderAccount } from './provider-account';

/** A method that a payer can use now. */
export interface Method {
	name: 'card';
	/** Names of card brands as `card-validator` spells them. */
	brands: string[];
}

/** What the merchant's accounts offer in this mode, within what the session allows. */
export async function availableMethods(
	context: Context,
	wanted: { merchantId: string; mode: Mode; methods: string[] | null }
): Promise<Method[]> {
	if (wanted.methods && !wanted.methods.includes('card')) return [];
	const account = await chooseProviderAccount(context, wanted);
	return account ? [{ name: 'card', brands: [...account.provider.cardBrands] }] : [];
}
