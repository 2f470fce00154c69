import type { Context } from '$lib/server/context';
import type { Schema } from '$lib/server/db/schema';
import { OutgoingError } from '$lib/server/outgoing/outgoing-error';
import { hmacHex } from '$lib/server/secrets/hmac';
import { notificationSecret } from './credentials';
import { decideDue } from './decide-due';
import { LEASE_MS } from './write-message';

type SimulatorMessage = Schema['simulator_messages'];

const SEND_TIMEOUT_MS = 10_000;
const CLAIMED_AT_ONCE = 20;

/** Waits after the first, second … try that failed; after one more try it is given up. */
const retryGapsMs = [1, 2, 5, 10, 30, 60, 120, 300, 600].map((seconds) => seconds * 1_000);

/**
 * Decides what the acquirer decides by itself in time, then sends the notifications that are due,
 * at most 20, and resolves with how many it tried to send. Several processes may call it at once:
 * each message is claimed by one of them.
 */
export async function sendSimulatorMessages(context: Context): Promise<number> {
	await decideDue(context);
	const claimed = await claimDue(context);
	await Promise.all(claimed.map((message) => deliver(context, message, SEND_TIMEOUT_MS)));
	return claimed.length;
}

/** Sends what a payment's outcome has to tell before the asker gets the reply. */
export async function sendBeforeReply(
	context: Context,
	attemptId: string,
	timeoutMs: number
): Promise<void> {
	const message = await context.db.inTransaction((tx) =>
		tx
			.updateTable('simulator_messages')
			.set((eb) => ({ tries: eb('tries', '+', 1) }))
			.where('attempt_id', '=', attemptId)
			.where('tries', '=', 0)
			.returningAll()
			.executeTakeFirst()
	);
	if (message) await deliver(context, message, timeoutMs);
}

async function claimDue({ db, clock }: Context): Promise<SimulatorMessage[]> {
	const now = clock.now();
	// A look first: an idle loop writes nothing.
	const isDue = await db.read
		.selectFrom('simulator_messages')
		.select('id')
		.where('due_at', '<=', now)
		.where('lease_until', '<=', now)
		.limit(1)
		.executeTakeFirst();
	if (!isDue) return [];
	return db.inTransaction((tx) =>
		tx
			.updateTable('simulator_messages')
			.set((eb) => ({ lease_until: now + LEASE_MS, tries: eb('tries', '+', 1) }))
			.where('id', 'in', (eb) =>
				eb
					.selectFrom('simulator_messages')
					.select('id')
					.where('due_at', '<=', now)
					.where('lease_until', '<=', now)
					.orderBy('due_at')
					.limit(CLAIMED_AT_ONCE)
					.$if(db.engine === 'postgres', (due) => due.forUpdate().skipLocked())
			)
			.returningAll()
			.execute()
	);
}

async function deliver(context: Context, message: SimulatorMessage, timeoutMs: number) {
	const delivered = await post(context, message, timeoutMs);
	const copies = delivered ? message.copies - 1 : message.copies;
	await context.db.inTransaction((tx) =>
		tx
			.updateTable('simulator_messages')
			.set({ copies, lease_until: 0, due_at: nextDue(context, message, delivered, copies) })
			.where('id', '=', message.id)
			// Only as its holder: after a lapsed lease the word is another's.
			.where('lease_until', '=', message.lease_until)
			.execute()
	);
}

function nextDue(
	{ clock }: Context,
	{ tries }: SimulatorMessage,
	delivered: boolean,
	copies: number
): number | null {
	if (delivered) return copies > 0 ? clock.now() : null;
	const gapMs = retryGapsMs[tries - 1];
	return gapMs === undefined ? null : clock.now() + gapMs;
}

/** Whether the receiver took it. No answer is as good as a refusal: it is sent again. */
async function post(
	context: Context,
	{ url, body }: SimulatorMessage,
	timeoutMs: number
): Promise<boolean> {
	const timestamp = String(Math.floor(context.clock.now() / 1_000));
	const headers = {
		'content-type': 'application/json',
		'simulator-timestamp': timestamp,
		'simulator-signature': hmacHex(notificationSecret(context), `${timestamp}.${body}`)
	};
	try {
		const options = { method: 'POST', headers, body, timeoutMs, maxResponseBytes: 4_096 };
		const { status } = await context.fetch(url, options);
		return status >= 200 && status < 300;
	} catch (error) {
		if (error instanceof OutgoingError) return false;
		throw error;
	}
}
