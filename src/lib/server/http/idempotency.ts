import { keyFor, newId, type Context } from '$lib/server/context';
import type { ExpressionBuilder } from 'kysely';
import { refusedTable } from '$lib/server/db/conflict';
import type { Insertion } from '$lib/server/db/insert-together';
import type { Mode, Schema } from '$lib/server/db/schema';
import { BusinessError } from '$lib/server/errors';
import { seal, unseal } from '$lib/server/merchants/seal';
import { hmacHex } from '$lib/server/secrets/hmac';

/** One request under an `Idempotency-Key`, in the space where that key means one thing. */
export interface KeyedRequest {
	applicationId: string;
	mode: Mode;
	path: string;
	key: string;
	body: Uint8Array;
}

interface Answer {
	status: number;
	body: string;
}

/** The right to run a request and to store its answer, until its lease is taken over. */
interface Claim {
	resourceId: string;
	/** Milliseconds since 1970; each lease of a request ends at another moment. */
	leaseUntil: number;
}

const KEPT_MS = 24 * 3_600_000;
/** Longer than any request lasts: the body, a provider's time limit and the outcome. */
const LEASE_MS = 60_000;

/** Checks the header's form; the key is the caller's choice of 1 to 255 visible characters. */
export function readIdempotencyKey(headers: Headers): string | undefined {
	const key = headers.get('idempotency-key');
	if (key === null) return undefined;
	if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
	throw new BusinessError('invalid', 'The Idempotency-Key header is not valid', {
		fields: [{ field: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }]
	});
}

/** What a call is given to do its work with, so that doing it twice has the effect of once. */
export interface Work {
	/** The id under which it makes what it makes; the same when it is resumed. */
	resourceId: string | undefined;
	/** Inserts rows in one transaction. `answer` is the body that the call then gives, with `status`. */
	insert(rows: readonly Insertion[], answer: unknown, status?: number): Promise<void>;
}

type Run = (work: Work) => Promise<Response>;

/**
 * Runs a request once: a repeat gets the stored answer. `run` is given an id under which it makes
 * what it makes; after a crash the repeat is given the same id, so that it finds the work begun
 * and goes on with it. 5xx and 429 are not stored: a repeat runs again, with the same id.
 */
export async function runOnce(
	context: Context,
	request: KeyedRequest,
	run: Run
): Promise<Response> {
	const claimed = await claim(context, request);
	if ('status' in claimed) return replay(claimed);
	const { resourceId, leaseUntil } = claimed;
	let answer: Answer | undefined;
	try {
		const insert = (rows: readonly Insertion[]) => context.db.insertTogether(rows);
		const response = await run({ resourceId, insert });
		const { status } = response;
		const body = await response.text();
		if (isKept(status)) answer = { status, body };
		return new Response(body, response);
	} finally {
		await finish(context, request, { leaseUntil, answer });
	}
}

function replay({ status, body }: Answer): Response {
	const headers = { 'content-type': 'application/json', 'idempotent-replayed': 'true' };
	return new Response(body, { status, headers });
}

/**
 * The same for a request whose whole effect is one insertion. The answer is stored by that
 * insertion's own transaction, which leaves nothing to claim before it or to finish after it.
 */
export async function insertOnce(
	context: Context,
	request: KeyedRequest,
	run: Run
): Promise<Response> {
	const resourceId = newId(context);
	let stored = false;
	const store = async (rows: readonly Insertion[], answer: Answer) => {
		const row = answerRow(context, request, resourceId, answer);
		await context.db.insertTogether([{ into: 'idempotent_answers', row }, ...rows]);
		stored = true;
	};
	try {
		const response = await run({
			resourceId,
			insert: (rows, body, status = 200) => store(rows, { status, body: JSON.stringify(body) })
		});
		if (stored || !isKept(response.status)) return response;
		const body = await response.text();
		await store([], { status: response.status, body });
		return new Response(body, response);
	} catch (error) {
		if (!isKeyUsed(error)) throw error;
		return runOnce(context, request, run);
	}
}

/** Whether an insertion under a key was refused because the key was used before. */
export function isKeyUsed(error: unknown): boolean {
	return refusedTable(error) === 'idempotent_answers';
}

function isKept(status: number): boolean {
	return status < 500 && status !== 429;
}

function answerRow(
	context: Context,
	request: KeyedRequest,
	resourceId: string,
	answer: Answer | undefined
): Schema['idempotent_answers'] {
	const now = context.clock.now();
	return {
		...placeOf(request),
		request_hmac: hmacHex(keyFor(context, 'idempotency'), request.body),
		resource_id: resourceId,
		lease_until: now + LEASE_MS,
		status: answer?.status ?? null,
		body_sealed: answer ? seal(context, sealPlace(request), answer.body) : null,
		created_at: now
	};
}

async function claim(context: Context, request: KeyedRequest): Promise<Answer | Claim> {
	const claimed = answerRow(context, request, newId(context), undefined);
	const { created_at: now, request_hmac: hmac } = claimed;
	const row = await context.db.inTransaction(async (tx) => {
		await tx
			.deleteFrom('idempotent_answers')
			.where(matches(request))
			.where('created_at', '<=', now - KEPT_MS)
			.execute();
		const inserted = await tx
			.insertInto('idempotent_answers')
			.values(claimed)
			.onConflict((conflict) => conflict.doNothing())
			.executeTakeFirst();
		if (inserted.numInsertedOrUpdatedRows === 1n) return undefined;
		return tx
			.selectFrom('idempotent_answers')
			.selectAll()
			.where(matches(request))
			.executeTakeFirstOrThrow();
	});
	if (!row) return { resourceId: claimed.resource_id, leaseUntil: claimed.lease_until };
	if (row.request_hmac !== hmac) {
		throw new BusinessError(
			'idempotency_mismatch',
			'This Idempotency-Key was used with another request'
		);
	}
	if (row.status !== null && row.body_sealed !== null) {
		const body = unseal(context, sealPlace(request), row.body_sealed);
		return { status: row.status, body };
	}
	return { resourceId: row.resource_id, leaseUntil: await takeOver(context, request, now) };
}

/** The lease of a request that died is taken by one of its repeats. Returns the new lease's end. */
async function takeOver({ db }: Context, request: KeyedRequest, now: number): Promise<number> {
	const leaseUntil = now + LEASE_MS;
	const { numUpdatedRows } = await db.inTransaction((tx) =>
		tx
			.updateTable('idempotent_answers')
			.set({ lease_until: leaseUntil })
			.where(matches(request))
			.where('status', 'is', null)
			.where('lease_until', '<=', now)
			.executeTakeFirst()
	);
	if (numUpdatedRows === 1n) return leaseUntil;
	throw new BusinessError('in_progress', 'The request with this Idempotency-Key is still running', {
		retryAfterSeconds: 1
	});
}

/** Stores the answer, or gives the lease back. A request that outlived its lease has no say. */
async function finish(
	context: Context,
	request: KeyedRequest,
	{ leaseUntil, answer }: { leaseUntil: number; answer: Answer | undefined }
): Promise<void> {
	await context.db.inTransaction((tx) =>
		tx
			.updateTable('idempotent_answers')
			.set(
				answer
					? { status: answer.status, body_sealed: seal(context, sealPlace(request), answer.body) }
					: { lease_until: 0 }
			)
			.where(matches(request))
			.where('status', 'is', null)
			.where('lease_until', '=', leaseUntil)
			.execute()
	);
}

/** Forgets answers older than a day. Returns how many. */
export async function purgeIdempotentAnswers({ db, clock }: Context): Promise<number> {
	const before = clock.now() - KEPT_MS;
	const old = await db.read
		.selectFrom('idempotent_answers')
		.select('key')
		.where('created_at', '<=', before)
		.limit(1)
		.executeTakeFirst();
	if (!old) return 0;
	const { numDeletedRows } = await db.inTransaction((tx) =>
		tx.deleteFrom('idempotent_answers').where('created_at', '<=', before).executeTakeFirst()
	);
	return Number(numDeletedRows);
}

function placeOf({ applicationId, mode, path, key }: KeyedRequest) {
	return { application_id: applicationId, mode, path, key };
}

function matches(request: KeyedRequest) {
	return (builder: ExpressionBuilder<Schema, 'idempotent_answers'>) =>
		builder.and(placeOf(request));
}

function sealPlace({ applicationId, mode, path, key }: KeyedRequest): string {
	return `idempotent_answers:${applicationId}:${mode}:${path}:${key}`;
}
