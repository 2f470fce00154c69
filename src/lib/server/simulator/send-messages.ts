import { newId, type Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Schema } from '$lib/server/db/schema';
import { OutgoingError } from '$lib/server/outgoing/outgoing-error';
import { hmacHex } from '$lib/server/secrets/hmac';
import { notificationSecret } from './credentials';
import type { SimulatorPayment } from './payments';
import type { Rule } from './rules';

type SimulatorMessage = Schema['simulator_messages'];

/** Longer than any sending takes, so a claimed message is never sent by two at once. */
const LEASE_MS = 30_000;
const SEND_TIMEOUT_MS = 10_000;
const CLAIMED_AT_ONCE = 20;

/** How long after the outcome a message is due. One that precedes the reply is sent by its route. */
const dueAfterMs: Record<Rule['notice'], number> = {
	soon: 1_000,
	late: 30_000,
	twice: 1_000,
	before_reply: 0
};

/** Waits after the first, second … try that failed; after one more try it is given up. */
const retryGapsMs = [1, 2, 5, 10, 30, 60, 120, 300, 600].map((seconds) => seconds * 1_000);

/** Writes the notification of an outcome in the outcome's own transaction. */
export async function writeMessage(
	tx: Tx,
	context: Context,
	payment: SimulatorPayment,
	notice: Rule['notice']
): Promise<void> {
	if (payment.callback_url === null) return;
	const id = newId(context);
	const now = context.clock.now();
	await tx
		.insertInto('simulator_messages')
		.values({
			id,
			attempt_id: payment.attempt_id,
			url: payment.callback_url,
			body: bodyOf(id, payment),
			copies: notice === 'twice' ? 2 : 1,
			due_at: now + dueAfterMs[notice],
			tries: 0,
			// Its writer sends it before it replies; should it die, another does once this has passed.
			lease_until: notice === 'before_reply' ? now + LEASE_MS : 0
		})
		.execute();
}

/**
 * Sends the notifications that are due, at most 20, and resolves with how many it tried to send.
 * Several processes may call it at once: each message is claimed by one of them.
 */
export async function sendSimulatorMessages(context: Context): Promise<number> {
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

function bodyOf(id: string, payment: SimulatorPayment): string {
	return JSON.stringify({
		id,
		attempt_id: payment.attempt_id,
		payment_id: payment.id,
		state: payment.state,
		amount: payment.amount,
		currency: payment.currency,
		reason: payment.reason,
		message: payment.message
	});
}
