import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Mode } from '$lib/server/db/schema';
import { refusal } from './check-settings';
import { newNumber } from './new-number';
import { seal, unseal } from './seal';

/** Every payment looks at all accounts of its merchant and mode, and tells of each. */
const MAX_ACCOUNTS = 100;
const MAX_NAME_LENGTH = 100;

/**
 * Opens a provider account for a merchant, without any restriction (`saveAccountSettings` of
 * routing sets them); returns its number, which API calls may name.
 * @throws BusinessError `invalid` for a long name, or more accounts than a merchant may have
 */
export async function createProviderAccount(
	context: Context,
	tx: Tx,
	account: {
		merchantId: string;
		mode: Mode;
		provider: string;
		credentials: Record<string, string>;
		/** What the merchant calls it; left out: as the provider. */
		name?: string;
	}
): Promise<number> {
	const name = account.name ?? account.provider;
	if (name.length > MAX_NAME_LENGTH) {
		const message = `must be at most ${MAX_NAME_LENGTH} characters`;
		throw refusal('provider account', [{ field: 'name', message }]);
	}
	await refuseTooMany(tx, account);
	const id = newNumber(context);
	await tx
		.insertInto('provider_accounts')
		.values({
			id,
			merchant_id: account.merchantId,
			mode: account.mode,
			provider: account.provider,
			credentials_sealed: seal(context, place(id), JSON.stringify(account.credentials)),
			enabled: 1,
			created_at: context.clock.now(),
			name,
			settings: '{}'
		})
		.execute();
	return id;
}

/** Two that are opened at the same moment may pass it by one: a bound on work, not a right. */
async function refuseTooMany(
	tx: Tx,
	{ merchantId, mode }: { merchantId: string; mode: Mode }
): Promise<void> {
	const { count } = await tx
		.selectFrom('provider_accounts')
		.select((select) => select.fn.countAll<number>().as('count'))
		.where('merchant_id', '=', merchantId)
		.where('mode', '=', mode)
		.executeTakeFirstOrThrow();
	if (count < MAX_ACCOUNTS) return;
	const message = `must be one of at most ${MAX_ACCOUNTS} of a merchant and mode`;
	throw refusal('provider account', [{ field: 'provider_account', message }]);
}

/** Gives an account other credentials; what it has done so far stays its own. */
export async function setCredentials(
	context: Context,
	tx: Tx,
	{ id, credentials }: { id: number; credentials: Record<string, string> }
): Promise<void> {
	await tx
		.updateTable('provider_accounts')
		.set({ credentials_sealed: seal(context, place(id), JSON.stringify(credentials)) })
		.where('id', '=', id)
		.execute();
}

/** The credentials of a row of `provider_accounts`, by field. */
export function openCredentials(
	context: Context,
	row: { id: number; credentials_sealed: string }
): Record<string, string> {
	return JSON.parse(unseal(context, place(row.id), row.credentials_sealed)) as Record<
		string,
		string
	>;
}

function place(id: number): string {
	return `provider_accounts:${id}:credentials`;
}
