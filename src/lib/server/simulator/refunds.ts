import { newId, type Context } from '$lib/server/context';
import type { Reader, Tx } from '$lib/server/db/database';
import { findPayment, type SimulatorPayment } from './payments';
import type { RefundRule } from './refund-rules';
import { DECIDES_AFTER_MS } from './verdict-in-time';
import type { SimulatorRefund } from './views';
import { writeRefundMessage } from './write-message';

/** What a refund is asked with. */
export interface RefundOrder {
	refundId: string;
	/** The payment whose money goes back, by both of its ids. */
	attemptId: string;
	paymentId: string;
	/** Minor units. */
	amount: number;
	currency: string;
}

/** A refund together with its payment; the payment is undefined where nobody ever saw it. */
interface FoundRefund {
	refund: SimulatorRefund;
	payment: SimulatorPayment | undefined;
}

/**
 * Records a refund under its id, decides it by its rule, and commits both at once. `isFirst` is
 * false when the id was there already: then the stored refund comes back and no money moves.
 */
export function recordRefund(
	context: Context,
	order: RefundOrder,
	rule: RefundRule
): Promise<FoundRefund & { isFirst: boolean }> {
	return context.db.inTransaction(async (tx) => {
		const fresh = freshRefund(context, order);
		const stored = await tx
			.insertInto('simulator_refunds')
			.values(fresh)
			.onConflict((conflict) =>
				conflict
					.column('refund_id')
					.doUpdateSet((eb) => ({ requests: eb('simulator_refunds.requests', '+', 1) }))
			)
			.returningAll()
			.executeTakeFirstOrThrow();
		const payment = await findPayment(tx, stored.attempt_id);
		const isFirst = stored.id === fresh.id;
		if (!isFirst) return { refund: stored, payment, isFirst };
		return { refund: await begin(tx, context, stored, order, rule), payment, isFirst };
	});
}

/** Reads a refund by its id. Undefined: never seen. */
export async function findRefund(
	reader: Reader,
	refundId: string
): Promise<FoundRefund | undefined> {
	const refund = await reader
		.selectFrom('simulator_refunds')
		.selectAll()
		.where('refund_id', '=', refundId)
		.executeTakeFirst();
	return refund && { refund, payment: await findPayment(reader, refund.attempt_id) };
}

/** Whether a stored refund is what `order` asks for. */
export function isSameRefund(refund: SimulatorRefund, order: RefundOrder): boolean {
	return (
		refund.attempt_id === order.attemptId &&
		refund.amount === order.amount &&
		refund.currency === order.currency
	);
}

/** Settles an undecided refund; settling it again changes nothing. */
export async function settleRefund(
	tx: Tx,
	context: Context,
	refundId: string,
	{ state, message }: { state: 'succeeded' | 'failed'; message: string }
): Promise<SimulatorRefund | undefined> {
	const refund = await tx
		.updateTable('simulator_refunds')
		.set((eb) => ({
			state,
			message,
			moves: eb('moves', '+', state === 'succeeded' ? 1 : 0),
			decides_at: null,
			updated_at: context.clock.now()
		}))
		.where('refund_id', '=', refundId)
		.where('state', '=', 'accepted')
		.where('moves', '=', 0)
		.returningAll()
		.executeTakeFirst();
	const payment = refund && (await findPayment(tx, refund.attempt_id));
	if (payment) await writeRefundMessage(tx, context, payment, refund);
	return refund;
}

async function begin(
	tx: Tx,
	context: Context,
	refund: SimulatorRefund,
	order: RefundOrder,
	{ does, sentence }: RefundRule
): Promise<SimulatorRefund> {
	const refuse = (message: string) => ({ state: 'failed', message }) as const;
	const settle = async (verdict: { state: 'succeeded' | 'failed'; message: string }) =>
		(await settleRefund(tx, context, refund.refund_id, verdict)) ?? refund;
	if (does === 'refuse') return settle(refuse(sentence));
	if (!(await reserve(tx, order))) {
		return settle(refuse('More would go back than was paid, or no such payment was taken.'));
	}
	if (does !== 'wait') return settle({ state: 'succeeded', message: sentence });
	const waiting = { message: sentence, decides_at: context.clock.now() + DECIDES_AFTER_MS };
	await tx
		.updateTable('simulator_refunds')
		.set(waiting)
		.where('refund_id', '=', refund.refund_id)
		.execute();
	return { ...refund, ...waiting };
}

/** Sets the money aside by compare-and-set: all refunds together never exceed what was taken. */
async function reserve(tx: Tx, order: RefundOrder): Promise<boolean> {
	const { attemptId, paymentId, amount, currency } = order;
	const { numUpdatedRows } = await tx
		.updateTable('simulator_payments')
		.set((eb) => ({ refunded: eb('refunded', '+', amount) }))
		.where('attempt_id', '=', attemptId)
		.where('id', '=', paymentId)
		.where('currency', '=', currency)
		.where('kind', '!=', 'payout')
		.where('charges', '>', 0)
		.where('state', '!=', 'attested')
		.where((eb) => {
			const after = eb('refunded', '+', amount);
			return eb.or([
				eb.and([eb('kind', '=', 'bank_transfer'), eb(after, '<=', eb.ref('received'))]),
				eb.and([eb('kind', '!=', 'bank_transfer'), eb(after, '<=', eb.ref('amount'))])
			]);
		})
		.executeTakeFirst();
	return numUpdatedRows === 1n;
}

function freshRefund(context: Context, order: RefundOrder): SimulatorRefund {
	const now = context.clock.now();
	return {
		refund_id: order.refundId,
		id: newId(context),
		attempt_id: order.attemptId,
		state: 'accepted',
		amount: order.amount,
		currency: order.currency,
		message: '',
		moves: 0,
		requests: 1,
		decides_at: null,
		created_at: now,
		updated_at: now
	};
}
