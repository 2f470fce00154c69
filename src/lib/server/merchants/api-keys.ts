import { newId, type Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Mode } from '$lib/server/db/schema';
import { makeApiKey, readApiKey } from '$lib/server/secrets/make-secret';
import { sha256 } from '$lib/server/secrets/sha256';
import type { Application } from './application';
import { applicationColumns, applicationOf } from './application-row';

/** Who calls an API: an application in one mode. */
export interface KeyHolder {
	keyId: string;
	application: Application;
	mode: Mode;
	/** Unix milliseconds; null: until it is revoked. */
	expiresAt: number | null;
	lastUsedAt: number | null;
	/** What it may be used for; null: everything. */
	scopes: string[] | null;
}

/** How long a look-up is remembered: a revoked key stops within a second (security.md). */
const REMEMBERED_MS = 500;
const MAX_REMEMBERED = 10_000;
/** "Last used" is written at most this often. */
const LAST_USED_MS = 60_000;

interface NewApiKey {
	id?: string;
	applicationId: string;
	mode: Mode;
	label: string;
	/** None given: everything. */
	scopes?: readonly string[];
	/** Milliseconds since 1970; null: until it is revoked. */
	expiresAt?: number | null;
}

/** Makes a key; its text is returned once and never stored. */
export async function createApiKey(
	context: Context,
	tx: Tx,
	{ applicationId, mode, label, id = newId(context), scopes, expiresAt = null }: NewApiKey
): Promise<string> {
	const key = makeApiKey(`cd_${mode}`, context.random.bytes);
	await tx
		.insertInto('api_keys')
		.values({
			id,
			application_id: applicationId,
			mode,
			label,
			hint: key.slice(0, 12),
			sha256: sha256(key),
			created_at: context.clock.now(),
			last_used_at: null,
			expires_at: expiresAt,
			revoked_at: null,
			scopes: scopes ? JSON.stringify(scopes) : null
		})
		.execute();
	return key;
}

/** Revokes every key of an application in a mode. */
export async function revokeApiKeys(
	context: Context,
	tx: Tx,
	{ applicationId, mode }: { applicationId: string; mode: Mode }
): Promise<void> {
	await tx
		.updateTable('api_keys')
		.set({ revoked_at: context.clock.now() })
		.where('application_id', '=', applicationId)
		.where('mode', '=', mode)
		.where('revoked_at', 'is', null)
		.execute();
}

interface Remembered {
	holder: KeyHolder;
	until: number;
}

const remembered = new WeakMap<Context['db'], Map<string, Remembered>>();

/**
 * Who holds a key; undefined for one that is mistyped, unknown, expired or revoked. A typo is told
 * by the key's checksum, without a look-up.
 */
export async function findKeyHolder(context: Context, key: string): Promise<KeyHolder | undefined> {
	if (!readApiKey(key)) return undefined;
	const now = context.clock.now();
	const hash = sha256(key);
	const known = rememberedIn(context).get(hash);
	const holder = known && known.until > now ? known.holder : await readKeyHolder(context, hash);
	if (!holder || (holder.expiresAt !== null && holder.expiresAt <= now)) return undefined;
	if (now - (holder.lastUsedAt ?? 0) >= LAST_USED_MS) await touch(context, holder, now);
	return holder;
}

function rememberedIn({ db }: Context): Map<string, Remembered> {
	let map = remembered.get(db);
	if (!map) remembered.set(db, (map = new Map()));
	return map;
}

async function readKeyHolder(context: Context, hash: string): Promise<KeyHolder | undefined> {
	const row = await context.db.read
		.selectFrom('api_keys as k')
		.innerJoin('applications as a', 'a.id', 'k.application_id')
		.innerJoin('merchants as m', 'm.id', 'a.merchant_id')
		.select(['k.id', 'k.mode', 'k.expires_at', 'k.last_used_at', 'k.scopes'])
		.select(applicationColumns)
		.where('k.sha256', '=', hash)
		.where('k.revoked_at', 'is', null)
		.where('a.deleted_at', 'is', null)
		.executeTakeFirst();
	if (!row) return undefined;
	const holder: KeyHolder = {
		keyId: row.id,
		application: applicationOf(row),
		mode: row.mode,
		expiresAt: row.expires_at,
		lastUsedAt: row.last_used_at,
		scopes: row.scopes === null ? null : (JSON.parse(row.scopes) as string[])
	};
	const map = rememberedIn(context);
	if (map.size >= MAX_REMEMBERED) map.clear();
	map.set(hash, { holder, until: context.clock.now() + REMEMBERED_MS });
	return holder;
}

async function touch(context: Context, holder: KeyHolder, now: number): Promise<void> {
	holder.lastUsedAt = now;
	await context.db.inTransaction((tx) =>
		tx.updateTable('api_keys').set({ last_used_at: now }).where('id', '=', holder.keyId).execute()
	);
}
