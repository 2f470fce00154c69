import { keyFor, newId, type Context } from '$lib/server/context';
import { refusedTable } from '$lib/server/db/conflict';
import type { Insertion } from '$lib/server/db/insert-together';
import type { Intent, Mode, Schema } from '$lib/server/db/schema';
import { BusinessError } from '$lib/server/errors';
import type { Application } from '$lib/server/merchants/application';
import { hmacHex } from '$lib/server/secrets/hmac';
import { sha256 } from '$lib/server/secrets/sha256';
import type { PaymentEvent } from '$lib/server/webhooks/event';
import { eventRows } from '$lib/server/webhooks/record-event';
import type { ReturnAddresses, Theme } from './session';
import { sessionToken } from './session-token';

/** What a merchant orders. Amounts in minor units of `currency`. */
export interface Order {
	mode: Mode;
	intent: Intent;
	/** Null: the payer chooses. */
	amount: number | null;
	currency: string;
	amountEditable: boolean;
	lowestAmount: number | null;
	highestAmount: number | null;
	presetAmounts: number[] | null;
	payerReference: string | null;
	/** The merchant's id of this order: taken until its transaction ends without success. */
	reference: string | null;
	customer: unknown;
	payerIp: string | null;
	description: string | null;
	returnAddresses: ReturnAddresses;
	webhookUrl: string | null;
	locale: string | null;
	theme: Theme;
	methods: string[] | null;
	/** Seconds the session lasts. */
	expiresIn: number;
	/** The moment it ends, where the order names one: milliseconds since 1970. */
	expiresAt?: number;
	/** What the dialect wants to say again of the order, safe for JSON; the core does not read it. */
	dialectData?: unknown;
	/**
	 * Set by calls that bring the card or the way along, so that there is one try. What it says, keyed,
	 * tells a repeat from another order; it is stored nowhere.
	 */
	oneShot?: { content: string };
}

export interface OpenedSession {
	id: string;
	token: string;
	transactionId: string;
	/** Milliseconds since 1970. */
	openedAt: number;
	expiresAt: number;
	/** Found again: it may have got further since. */
	existed: boolean;
}

/** How a session comes into being, where it is not left to the defaults. */
interface Opening {
	/** Given by a call that may be resumed: a session that it had opened before is found again. */
	id?: string;
	/** Writes the rows in one transaction; a caller may add rows of its own to them. */
	insert?: (rows: readonly Insertion[], opened: OpenedSession) => Promise<void>;
}

/** A call that has not sent its one try by then broke off; longer than a running one's lease. */
const ONE_SHOT_MS = 120_000;

/** How often an order meets a reference that is given up at the same moment. */
const MAX_ROUNDS = 3;

/**
 * Opens a session and its transaction. The same order under the same reference leads to the same
 * session, whatever its state; another order under that reference is refused as
 * `reference_reused`.
 */
export async function openSession(
	context: Context,
	application: Application,
	order: Order,
	{ id = newId(context), insert = (rows) => context.db.insertTogether(rows) }: Opening = {}
): Promise<OpenedSession> {
	const contentHmac = hmacHex(keyFor(context, 'session-content'), JSON.stringify(order));
	const openedAt = context.clock.now();
	const opened = {
		id,
		token: sessionToken(context, { id, version: 1 }),
		transactionId: newId(context),
		openedAt,
		expiresAt: order.expiresAt ?? openedAt + order.expiresIn * 1000,
		existed: false
	};
	for (let round = 1; ; round++) {
		try {
			await insert(rowsOf(context, { ...opened, application, order, contentHmac }), opened);
			return opened;
		} catch (error) {
			const isTaken = ['sessions', 'transactions'].includes(refusedTable(error) ?? '');
			if (!isTaken || round === MAX_ROUNDS) throw error;
			const existing = await findOpened(context, { id, application, order });
			if (!existing) continue;
			if (existing.content_hmac !== contentHmac) throw reused();
			return {
				id: existing.id,
				token: sessionToken(context, existing),
				transactionId: existing.transaction_id,
				openedAt: existing.created_at,
				expiresAt: existing.expires_at,
				existed: true
			};
		}
	}
}

function reused() {
	return new BusinessError(
		'reference_reused',
		'This reference belongs to another order, which is open or paid'
	);
}

/** The session of that id, begun before a crash, or the one that holds the order's reference. */
async function findOpened(
	{ db }: Context,
	{ id, application, order }: { id: string; application: Application; order: Order }
) {
	const sessions = () =>
		db.read
			.selectFrom('transactions as t')
			.innerJoin('sessions as s', 's.id', 't.session_id')
			.select(['s.id', 's.version', 's.content_hmac', 's.created_at', 's.expires_at'])
			.select('t.id as transaction_id');
	const begun = await sessions().where('s.id', '=', id).executeTakeFirst();
	if (begun) return begun;
	return sessions()
		.where('t.application_id', '=', application.id)
		.where('t.mode', '=', order.mode)
		.where('t.intent', '=', order.intent)
		.where('t.reference', '=', order.reference)
		.where('t.state', 'not in', ['declined', 'canceled', 'expired', 'failed', 'rejected'])
		.executeTakeFirst();
}

interface Writing extends OpenedSession {
	application: Application;
	order: Order;
	contentHmac: string;
}

/** The session, its transaction and the event that tells of both. */
function rowsOf(context: Context, writing: Writing): Insertion[] {
	const { id, token, application, order, contentHmac } = writing;
	const { openedAt: now, expiresAt } = writing;
	const shared = {
		application_id: application.id,
		merchant_id: application.merchantId,
		mode: order.mode,
		intent: order.intent,
		amount: order.amount,
		currency: order.currency,
		payer_reference: order.payerReference,
		reference: order.reference,
		created_at: now
	};
	const session: Schema['sessions'] = {
		id,
		version: 1,
		token_sha256: sha256(token),
		...shared,
		expires_at: expiresAt,
		amount_editable: order.amountEditable ? 1 : 0,
		lowest_amount: order.lowestAmount,
		highest_amount: order.highestAmount,
		preset_amounts: order.presetAmounts && JSON.stringify(order.presetAmounts),
		customer: order.customer === null ? null : JSON.stringify(order.customer),
		payer_ip: order.payerIp,
		description: order.description,
		return_addresses: JSON.stringify(order.returnAddresses),
		webhook_url: order.webhookUrl,
		locale: order.locale,
		theme: order.theme,
		methods: order.methods && JSON.stringify(order.methods),
		content_hmac: contentHmac,
		dialect_data: order.dialectData === undefined ? null : JSON.stringify(order.dialectData)
	};
	const transaction: Schema['transactions'] = {
		id: writing.transactionId,
		session_id: id,
		state: 'created',
		version: 1,
		...shared,
		expires_at: order.oneShot ? now + ONE_SHOT_MS : expiresAt,
		tries: 0,
		reason: null,
		reason_message: null,
		updated_at: now,
		one_shot: order.oneShot ? 1 : 0,
		submissions: 0,
		refunded_amount: 0,
		reserved_limits: null,
		work_at: null,
		allow_underpay: application.allowUnderpay ? 1 : 0,
		allow_overpay: application.allowOverpay ? 1 : 0,
		attested: 0,
		reversed: 0
	};
	return [
		{ into: 'sessions', row: session },
		{ into: 'transactions', row: transaction },
		...eventRows(context, createdEvent(transaction), { applicationId: application.id })
	];
}

function createdEvent(transaction: Schema['transactions']): PaymentEvent {
	const { id, version, mode, intent, created_at } = transaction;
	const snapshot = {
		state: transaction.state,
		amount: transaction.amount,
		currency: transaction.currency,
		payerReference: transaction.payer_reference,
		reference: transaction.reference,
		reason: null,
		reasonMessage: null,
		attemptId: null,
		method: null
	};
	return { transactionId: id, version, kind: 'created', at: created_at, mode, intent, snapshot };
}
