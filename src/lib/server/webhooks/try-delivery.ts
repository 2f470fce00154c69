import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Dialect } from '$lib/server/db/schema';
import { describeError } from '$lib/server/log/describe-error';
import { seal, unseal } from '$lib/server/merchants/seal';
import { readWebhookSecrets } from '$lib/server/merchants/webhook-secrets';
import { OutgoingError } from '$lib/server/outgoing/outgoing-error';
import type { ClaimedDelivery } from './claim-deliveries';
import { readLetter } from './read-letter';
import { nextTryAt } from './retry-schedule';
import type { Voice } from './voice';

/** How long a receiver has for its answer, and how much of it is read. */
export interface Patience {
	timeoutMs: number;
	maxResponseBytes: number;
}

/** What a try met: a status, or the problem that kept us from one. */
interface Meeting {
	status: number | null;
	/** The kind of an OutgoingError, or `internal`: the fault is ours. */
	problem: string | null;
}

/**
 * One try of a delivery that the caller holds: renders it if this is the first, posts it outside of
 * any transaction, and writes what came of it if the lease still stands. A process that dies in
 * between leaves the delivery to whoever finds the lease lapsed: at least once, never lost.
 */
export async function tryDelivery(
	context: Context,
	voices: Record<Dialect, Voice>,
	delivery: ClaimedDelivery,
	patience: Patience
): Promise<void> {
	const startedAt = context.clock.now();
	const meeting = await meet(context, voices, delivery, patience);
	if (meeting === 'nothing to say') return;
	await writeOutcome(context, delivery, startedAt, meeting);
}

/** A fault of ours counts as a try as well, or the delivery would come back for ever. */
async function meet(
	context: Context,
	voices: Record<Dialect, Voice>,
	delivery: ClaimedDelivery,
	patience: Patience
): Promise<Meeting | 'nothing to say'> {
	try {
		const message = await prepare(context, voices, delivery);
		if (!message) return 'nothing to say';
		const { status } = await post(context, message, delivery, patience);
		return { status, problem: null };
	} catch (error) {
		if (error instanceof OutgoingError) return { status: null, problem: error.kind };
		context.log.error('A webhook could not be made', {
			deliveryId: delivery.id,
			error: describeError(error)
		});
		return { status: null, problem: 'internal' };
	}
}

interface Message {
	url: string;
	body: string;
	voice: Voice;
}

/**
 * The message to post. Its body is rendered once and kept before it is first sent, so that every
 * try sends the same bytes, whatever version of us makes it. Undefined: silent, or no longer ours.
 */
async function prepare(
	context: Context,
	voices: Record<Dialect, Voice>,
	delivery: ClaimedDelivery
): Promise<Message | undefined> {
	const { event, dialect, url } = await readLetter(context, delivery);
	const voice = voices[dialect];
	const kept = keptBody(context, delivery);
	const body = kept ?? voice.render(context, event);
	if (url === null || body === null) {
		await context.db.inTransaction((tx) =>
			updateHeld(tx, delivery).set({ state: 'silent', due_at: null }).execute()
		);
		return undefined;
	}
	if (kept === body && delivery.url === url) return { url, body, voice };
	const { numUpdatedRows } = await context.db.inTransaction((tx) =>
		updateHeld(tx, delivery)
			.set({ body_sealed: seal(context, placeOf(delivery), body), url })
			.executeTakeFirst()
	);
	return numUpdatedRows === 1n ? { url, body, voice } : undefined;
}

function keptBody(context: Context, delivery: ClaimedDelivery): string | null {
	const { body_sealed: sealed } = delivery;
	return sealed === null ? null : unseal(context, placeOf(delivery), sealed);
}

function placeOf({ id }: ClaimedDelivery): string {
	return `webhook_deliveries:${id}:body`;
}

async function post(
	context: Context,
	{ url, body, voice }: Message,
	{ id, application_id, mode }: ClaimedDelivery,
	patience: Patience
): Promise<{ status: number }> {
	const secrets = await readWebhookSecrets(context, application_id, mode);
	const timestampSeconds = Math.floor(context.clock.now() / 1_000);
	return context.fetch(url, {
		method: 'POST',
		headers: {
			'content-type': 'application/json',
			// Some receivers refuse what does not say who it is.
			'user-agent': 'Cashdesk',
			...voice.sign({ id, timestampSeconds, body, secrets })
		},
		body,
		...patience
	});
}

/** Try, state and next time in one transaction, and only by the holder of the lease. */
async function writeOutcome(
	context: Context,
	delivery: ClaimedDelivery,
	startedAt: number,
	{ status, problem }: Meeting
): Promise<void> {
	const now = context.clock.now();
	const tries = delivery.tries + 1;
	const isDelivered = status !== null && status >= 200 && status < 300;
	const dueAt = isDelivered ? null : nextTryAt(context, tries);
	const state = isDelivered ? 'delivered' : dueAt === null ? 'failed' : 'waiting';
	await context.db.inTransaction(async (tx) => {
		const { numUpdatedRows } = await updateHeld(tx, delivery)
			.set({ state, tries, due_at: dueAt, lease_until: 0 })
			.set({ delivered_at: isDelivered ? now : null })
			.executeTakeFirst();
		if (numUpdatedRows !== 1n) return;
		await tx
			.insertInto('webhook_tries')
			.values({
				delivery_id: delivery.id,
				number: tries,
				started_at: startedAt,
				took_ms: now - startedAt,
				status,
				problem
			})
			.execute();
	});
	if (state !== 'failed') return;
	context.log.warn('A webhook was given up', { deliveryId: delivery.id, tries });
}

/** An update of the delivery that changes nothing once the lease has gone to another worker. */
function updateHeld(tx: Tx, { id, lease_until }: ClaimedDelivery) {
	return tx
		.updateTable('webhook_deliveries')
		.where('id', '=', id)
		.where('lease_until', '=', lease_until)
		.where('state', '=', 'waiting');
}
