import { newId, type Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Dialect, Mode } from '$lib/server/db/schema';
import { makeSecret } from '$lib/server/secrets/make-secret';
import { sha256 } from '$lib/server/secrets/sha256';
import type { Application } from './application';
import { findApplication } from './find-application';

/** Who calls with an access token. */
export interface TokenHolder {
	tokenId: string;
	/** The client it was issued to. */
	clientId: string;
	merchantId: string;
	/** Null: the merchant, in all its applications of the dialect. */
	application: Application | null;
	dialect: Dialect;
	mode: Mode;
	/** Milliseconds since 1970. */
	expiresAt: number;
}

/** How long a look-up is remembered: a revoked token stops within a second (security.md). */
const REMEMBERED_MS = 500;
const MAX_REMEMBERED = 10_000;
/** Tokens that ended are kept for a while, so that a purge is no race with their last calls. */
const KEPT_MS = 3_600_000;

/** Makes a token of a client, good for some seconds; its text is returned once and never stored. */
export async function issueAccessToken(
	context: Context,
	client: { id: string; mode: Mode },
	seconds: number
): Promise<string> {
	const token = makeSecret(`cda_${client.mode}`, context.random.bytes);
	const now = context.clock.now();
	await context.db.insertTogether([
		{
			into: 'access_tokens',
			row: {
				id: newId(context),
				sha256: sha256(token),
				client: client.id,
				expires_at: now + seconds * 1000,
				created_at: now,
				revoked_at: null
			}
		}
	]);
	return token;
}

/** Revokes a token by its text. */
export async function revokeAccessToken(context: Context, tx: Tx, token: string): Promise<void> {
	await tx
		.updateTable('access_tokens')
		.set({ revoked_at: context.clock.now() })
		.where('sha256', '=', sha256(token))
		.where('revoked_at', 'is', null)
		.execute();
}

interface Remembered {
	holder: TokenHolder;
	until: number;
}

const remembered = new WeakMap<Context['db'], Map<string, Remembered>>();

/** Who holds a token; undefined for one that is unknown, expired or revoked. */
export async function findTokenHolder(
	context: Context,
	token: string
): Promise<TokenHolder | undefined> {
	const now = context.clock.now();
	const hash = sha256(token);
	const known = rememberedIn(context).get(hash);
	const holder = known && known.until > now ? known.holder : await readTokenHolder(context, hash);
	return holder && holder.expiresAt > now ? holder : undefined;
}

async function readTokenHolder(context: Context, hash: string): Promise<TokenHolder | undefined> {
	const row = await context.db.read
		.selectFrom('access_tokens as t')
		.innerJoin('api_clients as c', 'c.id', 't.client')
		.select(['t.id', 't.client', 't.expires_at'])
		.select(['c.merchant_id', 'c.application_id', 'c.dialect', 'c.mode'])
		.where('t.sha256', '=', hash)
		.where('t.revoked_at', 'is', null)
		.where('c.revoked_at', 'is', null)
		.executeTakeFirst();
	if (!row) return undefined;
	const { application_id: id } = row;
	const application = id === null ? null : await findApplication(context, id);
	if (application === undefined) return undefined;
	const holder: TokenHolder = {
		tokenId: row.id,
		clientId: row.client,
		merchantId: row.merchant_id,
		application,
		dialect: row.dialect,
		mode: row.mode,
		expiresAt: row.expires_at
	};
	const map = rememberedIn(context);
	if (map.size >= MAX_REMEMBERED) map.clear();
	map.set(hash, { holder, until: context.clock.now() + REMEMBERED_MS });
	return holder;
}

/** Removes tokens that ended a while ago; returns how many. */
export async function purgeAccessTokens({ db, clock }: Context): Promise<number> {
	const isDue = await db.read
		.selectFrom('access_tokens')
		.select('id')
		.where('expires_at', '<', clock.now() - KEPT_MS)
		.limit(1)
		.executeTakeFirst();
	if (!isDue) return 0;
	const { numDeletedRows } = await db.inTransaction((tx) =>
		tx
			.deleteFrom('access_tokens')
			.where('id', 'in', (query) =>
				query
					.selectFrom('access_tokens')
					.select('id')
					.where('expires_at', '<', clock.now() - KEPT_MS)
					.limit(1000)
			)
			.executeTakeFirst()
	);
	return Number(numDeletedRows);
}

function rememberedIn({ db }: Context): Map<string, Remembered> {
	let map = remembered.get(db);
	if (!map) remembered.set(db, (map = new Map()));
	return map;
}
