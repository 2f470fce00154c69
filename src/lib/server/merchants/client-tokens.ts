import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Mode } from '$lib/server/db/schema';
import { createApiKey } from './api-keys';
import { refusal } from './check-settings';

/** A key of an application that a merchant made for one use: with a label, scopes and an end. */
export interface ClientToken {
	id: string;
	label: string;
	/** Its first characters, to recognise it by. */
	hint: string;
	scopes: string[];
	/** Milliseconds since 1970; null: until it is revoked. */
	expiresAt: number | null;
	createdAt: number;
	lastUsedAt: number | null;
}

interface Place {
	applicationId: string;
	mode: Mode;
}

type NewClientToken = Pick<ClientToken, 'id' | 'label' | 'scopes' | 'expiresAt'>;

/**
 * Makes a token; its text is returned once and never stored. A call that is resumed makes it anew:
 * nobody has seen the text that the first one made.
 * @throws BusinessError `invalid` for one too many
 */
export async function createClientToken(
	context: Context,
	place: Place,
	wanted: NewClientToken
): Promise<{ token: ClientToken; text: string }> {
	const text = await context.db.inTransaction(async (tx) => {
		await tx
			.deleteFrom('api_keys')
			.where('id', '=', wanted.id)
			.where('application_id', '=', place.applicationId)
			.execute();
		await requireRoom(tx, place);
		return createApiKey(context, tx, { ...place, ...wanted });
	});
	const token = await findClientToken(context, place, wanted.id);
	if (!token) throw new Error('A token that was made is not there');
	return { token, text };
}

/** More than anybody keeps an eye on. */
const MOST_TOKENS = 100;

async function requireRoom(tx: Tx, { applicationId, mode }: Place): Promise<void> {
	const { count } = await tx
		.selectFrom('api_keys')
		.select(({ fn }) => fn.countAll<number>().as('count'))
		.where('application_id', '=', applicationId)
		.where('mode', '=', mode)
		.where('revoked_at', 'is', null)
		.executeTakeFirstOrThrow();
	if (Number(count) < MOST_TOKENS) return;
	const message = `is one too many: an application has at most ${MOST_TOKENS} tokens; revoke others`;
	throw refusal('token', [{ field: 'label', message }]);
}

/** Those that were not revoked, oldest first; expired ones among them. */
export async function listClientTokens(context: Context, place: Place): Promise<ClientToken[]> {
	const rows = await tokensOf(context, place).orderBy('id').execute();
	return rows.map(tokenOf);
}

/** Revokes a token and returns it; undefined: there is none, or it was revoked before. */
export async function revokeClientToken(
	context: Context,
	place: Place,
	id: string
): Promise<ClientToken | undefined> {
	const token = await findClientToken(context, place, id);
	if (!token) return undefined;
	const { numUpdatedRows } = await context.db.inTransaction((tx) =>
		tx
			.updateTable('api_keys')
			.set({ revoked_at: context.clock.now() })
			.where('id', '=', id)
			.where('revoked_at', 'is', null)
			.executeTakeFirst()
	);
	return numUpdatedRows === 1n ? token : undefined;
}

async function findClientToken(
	context: Context,
	place: Place,
	id: string
): Promise<ClientToken | undefined> {
	const row = await tokensOf(context, place).where('id', '=', id).executeTakeFirst();
	return row && tokenOf(row);
}

function tokensOf({ db }: Context, { applicationId, mode }: Place) {
	return db.read
		.selectFrom('api_keys')
		.select(['id', 'label', 'hint', 'scopes', 'expires_at', 'created_at', 'last_used_at'])
		.where('application_id', '=', applicationId)
		.where('mode', '=', mode)
		.where('revoked_at', 'is', null);
}

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof tokensOf>['executeTakeFirst']>>>;

function tokenOf(row: Row): ClientToken {
	return {
		id: row.id,
		label: row.label,
		hint: row.hint,
		// A key without scopes is good for everything.
		scopes: row.scopes === null ? ['*'] : (JSON.parse(row.scopes) as string[]),
		expiresAt: row.expires_at,
		createdAt: row.created_at,
		lastUsedAt: row.last_used_at
	};
}
