import { newId, type Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Dialect, Mode } from '$lib/server/db/schema';
import { makeSecret } from '$lib/server/secrets/make-secret';
import { sameSecret } from '$lib/server/secrets/same-secret';
import { sha256 } from '$lib/server/secrets/sha256';
import { newClientId } from './new-client-id';

/** What a client is for: one application, or all of a merchant's in a dialect. */
interface NewApiClient {
	merchantId: string;
	/** Null: it acts for the merchant. */
	applicationId: string | null;
	dialect: Dialect;
	mode: Mode;
	label: string;
}

/** What a merchant's server fetches access tokens with. */
export interface ClientCredentials {
	clientId: string;
	clientSecret: string;
}

/** Makes a client; its secret is returned once and never stored. */
export async function createApiClient(
	context: Context,
	tx: Tx,
	{ merchantId, applicationId, dialect, mode, label }: NewApiClient
): Promise<ClientCredentials> {
	const clientId = newClientId(context);
	const clientSecret = makeSecret(`cds_${mode}`, context.random.bytes);
	await tx
		.insertInto('api_clients')
		.values({
			id: newId(context),
			client_id: clientId,
			secret_sha256: sha256(clientSecret),
			merchant_id: merchantId,
			application_id: applicationId,
			dialect,
			mode,
			label,
			created_at: context.clock.now(),
			revoked_at: null
		})
		.execute();
	return { clientId, clientSecret };
}

/** Revokes a client; its tokens stop with it. */
export async function revokeApiClient(context: Context, tx: Tx, clientId: string): Promise<void> {
	await tx
		.updateTable('api_clients')
		.set({ revoked_at: context.clock.now() })
		.where('client_id', '=', clientId)
		.where('revoked_at', 'is', null)
		.execute();
}

/** The id and mode of the client that the credentials are right for; undefined: of none. */
export async function findApiClient(
	{ db }: Context,
	dialect: Dialect,
	{ clientId, clientSecret }: ClientCredentials
): Promise<{ id: string; mode: Mode } | undefined> {
	const row = await db.read
		.selectFrom('api_clients')
		.select(['id', 'mode', 'secret_sha256'])
		.where('client_id', '=', clientId)
		.where('dialect', '=', dialect)
		.where('revoked_at', 'is', null)
		.executeTakeFirst();
	// An unknown client takes the comparison as well, so that the time tells nothing.
	const isRight = sameSecret(sha256(clientSecret), row?.secret_sha256 ?? '');
	return row && isRight ? { id: row.id, mode: row.mode } : undefined;
}
