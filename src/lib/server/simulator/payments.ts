import { newId, type Context } from '$lib/server/context';
import type { Reader, Tx } from '$lib/server/db/database';
import type { Schema } from '$lib/server/db/schema';
import { saveCard, type KnownCard } from './kept-cards';
import { sealReturnUrl } from './return-url';
import type { Rule, SimulatorReason } from './rule';
import { DECIDES_AFTER_MS } from './verdict-in-time';
import { writePaymentMessage } from './write-message';

/** A payment or payout as the acquirer keeps it. Of a card there are brand and last four only. */
export type SimulatorPayment = Schema['simulator_payments'];

/** What a payment or payout is asked with. */
export interface PaymentOrder {
	attemptId: string;
	kind: 'card' | 'redirect' | 'bank_transfer' | 'voucher' | 'payout';
	/** Minor units. */
	amount: number;
	currency: string;
	rule: Rule;
	card: KnownCard | null;
	/** The token that it gives for the card once it has succeeded. */
	cardToken: string | null;
	/** What else it is about, masked: the same order says the same. */
	details: string | null;
	/** What the payer of a bank transfer writes on it. */
	reference: string | null;
	/** Where a page leads the payer back to; null: no page takes part. */
	returnUrl: string | null;
	callbackUrl: string;
	locale: string;
}

/** A final word on a payment. */
export interface Verdict {
	state: 'succeeded' | 'declined' | 'canceled';
	reason: SimulatorReason | null;
	message: string;
	notice: Rule['notice'];
}

/** The states in which money can still move. Only a bank transfer's moves in others as well. */
const open = ['accepted', 'challenge', 'redirect', 'awaiting'];

/** ISO 4217's code for "no currency": what is known of a payment that never came. */
const NO_CURRENCY = 'XXX';

/**
 * Records a payment under its attempt id, decides it by its rule, and commits both at once.
 * `isFirst` is false when the attempt id was there already: then the stored payment comes back as
 * it stands and no money moves.
 */
export function recordPayment(
	context: Context,
	order: PaymentOrder
): Promise<{ payment: SimulatorPayment; isFirst: boolean }> {
	return context.db.inTransaction(async (tx) => {
		const fresh = freshPayment(context, order);
		const payment = await tx
			.insertInto('simulator_payments')
			.values(fresh)
			.onConflict((conflict) =>
				conflict
					.column('attempt_id')
					.doUpdateSet((eb) => ({ requests: eb('simulator_payments.requests', '+', 1) }))
			)
			.returningAll()
			.executeTakeFirstOrThrow();
		// Of all that come at the same time, exactly one finds the id it brought along.
		const isFirst = payment.id === fresh.id;
		const verdict = isFirst ? verdictOf(order.rule) : undefined;
		const decided = verdict && (await decide(tx, context, payment.attempt_id, verdict));
		return { payment: decided ?? payment, isFirst };
	});
}

/**
 * Moves the money, or settles that it won't move: the only place that does, besides the credits of
 * a bank transfer. A compare-and-set on a state (any open one) with no charge yet, so a payment is
 * charged at most once under any concurrency. The notification is written in the same transaction.
 * Undefined: it was decided before.
 */
export async function decide(
	tx: Tx,
	context: Context,
	attemptId: string,
	{ state, reason, message, notice }: Verdict,
	from: readonly string[] = open
): Promise<SimulatorPayment | undefined> {
	const payment = await tx
		.updateTable('simulator_payments')
		.set((eb) => ({
			state,
			reason,
			message,
			charges: eb('charges', '+', state === 'succeeded' ? 1 : 0),
			decides_at: null,
			updated_at: context.clock.now()
		}))
		.where('attempt_id', '=', attemptId)
		.where('state', 'in', from)
		.where('charges', '=', 0)
		.returningAll()
		.executeTakeFirst();
	if (!payment) return undefined;
	if (state === 'succeeded') await saveCard(tx, context, payment);
	await writePaymentMessage(tx, context, payment, notice);
	return payment;
}

/**
 * Ends a payment that isn't final and answers how it stands. One that was never seen is put down as
 * canceled, so that its request is refused should it still arrive.
 */
export function cancelPayment(context: Context, attemptId: string): Promise<SimulatorPayment> {
	return context.db.inTransaction(async (tx) => {
		// The row first: where a payment is just being recorded, this waits for it.
		await tx
			.insertInto('simulator_payments')
			.values(tombstone(context, attemptId))
			.onConflict((conflict) => conflict.column('attempt_id').doNothing())
			.execute();
		await tx
			.updateTable('simulator_payments')
			.set({
				state: 'canceled',
				message: 'The payment was canceled before it was decided.',
				decides_at: null,
				updated_at: context.clock.now()
			})
			.where('attempt_id', '=', attemptId)
			.where('state', 'in', open)
			.execute();
		return tx
			.selectFrom('simulator_payments')
			.selectAll()
			.where('attempt_id', '=', attemptId)
			.executeTakeFirstOrThrow();
	});
}

/** Reads a payment by its attempt id. Undefined: never seen. */
export function findPayment(
	reader: Reader,
	attemptId: string
): Promise<SimulatorPayment | undefined> {
	return reader
		.selectFrom('simulator_payments')
		.selectAll()
		.where('attempt_id', '=', attemptId)
		.executeTakeFirst();
}

/** Whether a stored payment is what `order` asks for. Nobody asked anything of a tombstone. */
export function isSameOrder(payment: SimulatorPayment, order: PaymentOrder): boolean {
	if (payment.currency === NO_CURRENCY) return true;
	return (
		payment.kind === order.kind &&
		payment.amount === order.amount &&
		payment.currency === order.currency &&
		payment.card_last4 === (order.card?.last4 ?? null) &&
		payment.details === order.details
	);
}

function verdictOf({ decision, sentence, notice }: Rule): Verdict | undefined {
	switch (decision.state) {
		case 'succeeded':
			return { state: 'succeeded', reason: null, message: sentence, notice };
		case 'declined':
			return { state: 'declined', reason: decision.reason, message: sentence, notice };
		case 'challenge':
		case 'redirect':
		case 'awaiting':
		case 'accepted':
		case 'never_recorded':
			return undefined;
	}
}

function freshPayment(context: Context, order: PaymentOrder): SimulatorPayment {
	const { attemptId, rule, returnUrl } = order;
	const { state } = rule.decision;
	const now = context.clock.now();
	return {
		...emptyPayment(context, attemptId),
		kind: order.kind,
		// What is decided at once is accepted for as long as its own transaction runs.
		state:
			state === 'challenge' || state === 'redirect' || state === 'awaiting' ? state : 'accepted',
		rule: rule.name,
		amount: order.amount,
		currency: order.currency,
		card_brand: order.card?.brand ?? null,
		card_last4: order.card?.last4 ?? null,
		card_token: order.cardToken,
		details: order.details,
		reference: order.reference,
		message: rule.sentence,
		requests: 1,
		decides_at: state === 'accepted' ? now + DECIDES_AFTER_MS : null,
		return_url_sealed: returnUrl === null ? null : sealReturnUrl(context, attemptId, returnUrl),
		callback_url: order.callbackUrl,
		locale: order.locale
	};
}

function tombstone(context: Context, attemptId: string): SimulatorPayment {
	return {
		...emptyPayment(context, attemptId),
		state: 'canceled',
		rule: 'tombstone',
		message: 'The payment was canceled before it arrived; should it arrive, it is refused.'
	};
}

function emptyPayment(context: Context, attemptId: string): SimulatorPayment {
	const now = context.clock.now();
	return {
		attempt_id: attemptId,
		id: newId(context),
		kind: 'card',
		state: 'accepted',
		rule: '',
		amount: 0,
		currency: NO_CURRENCY,
		card_brand: null,
		card_last4: null,
		card_token: null,
		details: null,
		reference: null,
		reason: null,
		message: '',
		charges: 0,
		requests: 0,
		received: 0,
		refunded: 0,
		decides_at: null,
		return_url_sealed: null,
		callback_url: null,
		locale: 'en',
		created_at: now,
		updated_at: now
	};
}
