import { newId, type Context } from '$lib/server/context';
import type { Reader, Tx } from '$lib/server/db/database';
import type { Schema } from '$lib/server/db/schema';
import { writeMessage } from './send-messages';
import { sealReturnUrl } from './return-url';
import { brandOf, type Rule, type SimulatorReason } from './rules';

/** A payment as the acquirer keeps it. Of the card there are brand and last four digits only. */
export type SimulatorPayment = Schema['simulator_payments'];

/** What a payment is asked with. */
export interface PaymentOrder {
	attemptId: string;
	/** Minor units. */
	amount: number;
	currency: string;
	/** Digits only. Used to recognise the card, never stored. */
	cardNumber: string;
	returnUrl: string;
	callbackUrl: string;
	locale: string;
}

/** A final word on a payment. */
export interface Verdict {
	state: 'succeeded' | 'declined';
	reason: SimulatorReason | null;
	message: string;
	notice: Rule['notice'];
}

/** The states in which money can still move. */
const open = ['accepted', 'challenge'];

/** ISO 4217's code for "no currency": what is known of a payment that never came. */
const NO_CURRENCY = 'XXX';

/**
 * Records a payment under its attempt id, decides it by its rule, and commits both at once.
 * `isFirst` is false when the attempt id was there already: then the stored payment comes back as
 * it stands and no money moves.
 */
export function recordPayment(
	context: Context,
	order: PaymentOrder,
	rule: Rule
): Promise<{ payment: SimulatorPayment; isFirst: boolean }> {
	return context.db.inTransaction(async (tx) => {
		const fresh = freshPayment(context, order, rule);
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
		const verdict = isFirst ? verdictOf(rule) : undefined;
		const decided = verdict && (await decide(tx, context, payment.attempt_id, verdict));
		return { payment: decided ?? payment, isFirst };
	});
}

/**
 * Moves the money, or settles that it won't move: the only place that does. A compare-and-set on
 * an open state with no charge yet, so a payment is charged at most once under any concurrency.
 * The notification is written in the same transaction. Undefined: it was decided before.
 */
export async function decide(
	tx: Tx,
	context: Context,
	attemptId: string,
	{ state, reason, message, notice }: Verdict
): Promise<SimulatorPayment | undefined> {
	const payment = await tx
		.updateTable('simulator_payments')
		.set((eb) => ({
			state,
			reason,
			message,
			charges: eb('charges', '+', state === 'succeeded' ? 1 : 0),
			updated_at: context.clock.now()
		}))
		.where('attempt_id', '=', attemptId)
		.where('state', 'in', open)
		.where('charges', '=', 0)
		.returningAll()
		.executeTakeFirst();
	if (payment) await writeMessage(tx, context, payment, notice);
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
		payment.amount === order.amount &&
		payment.currency === order.currency &&
		payment.card_last4 === order.cardNumber.slice(-4)
	);
}

function verdictOf({ decision, sentence, notice }: Rule): Verdict | undefined {
	switch (decision.state) {
		case 'succeeded':
			return { state: 'succeeded', reason: null, message: sentence, notice };
		case 'declined':
			return { state: 'declined', reason: decision.reason, message: sentence, notice };
		case 'challenge':
		case 'never_recorded':
			return undefined;
	}
}

function freshPayment(context: Context, order: PaymentOrder, rule: Rule): SimulatorPayment {
	const now = context.clock.now();
	return {
		attempt_id: order.attemptId,
		id: newId(context),
		state: rule.decision.state === 'challenge' ? 'challenge' : 'accepted',
		rule: rule.name,
		amount: order.amount,
		currency: order.currency,
		card_brand: brandOf(order.cardNumber),
		card_last4: order.cardNumber.slice(-4),
		reason: null,
		message: rule.sentence,
		charges: 0,
		requests: 1,
		return_url_sealed: sealReturnUrl(context, order.attemptId, order.returnUrl),
		callback_url: order.callbackUrl,
		locale: order.locale,
		created_at: now,
		updated_at: now
	};
}

function tombstone(context: Context, attemptId: string): SimulatorPayment {
	const now = context.clock.now();
	return {
		attempt_id: attemptId,
		id: newId(context),
		state: 'canceled',
		rule: 'tombstone',
		amount: 0,
		currency: NO_CURRENCY,
		card_brand: null,
		card_last4: null,
		reason: null,
		message: 'The payment was canceled before it arrived; should it arrive, it is refused.',
		charges: 0,
		requests: 0,
		return_url_sealed: null,
		callback_url: null,
		locale: 'en',
		created_at: now,
		updated_at: now
	};
}
