import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Mode } from '$lib/server/db/schema';
import { seal, unseal } from './seal';

/** Opens a provider account for a merchant; returns its number, which API calls may name. */
export async function createProviderAccount(
	context: Context,
	tx: Tx,
	account: {
		merchantId: string;
		mode: Mode;
		provider: string;
		credentials: Record<string, string>;
	}
): Promise<number> {
	// Nine digits that tell nobody how many accounts there are; the primary key refuses a collision.
	const id = 100_000_000 + (context.random.bytes(4).readUInt32BE() % 900_000_000);
	await tx
		.insertInto('provider_accounts')
		.values({
			id,
			merchant_id: account.merchantId,
			mode: account.mode,
			provider: account.provider,
			credentials_sealed: seal(context, place(id), JSON.stringify(account.credentials)),
			enabled: 1,
			created_at: context.clock.now()
		})
		.execute();
	return id;
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
