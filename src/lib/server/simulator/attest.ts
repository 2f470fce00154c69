import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { SimulatorPayment } from './payments';
import { writePaymentMessage } from './write-message';

/** How long what is attested stays so: long enough to be seen. */
const FINAL_AFTER_MS = 30_000;

/** How an attested payment ends; kept as its rule. */
export type AttestedRule = 'attested_final' | 'attested_reversed';

/**
 * Says of a payment that waits for its payer that it is paid but not final, and tells so. The
 * money counts as moved. Nothing changes where it was decided before.
 */
export async function attest(
	tx: Tx,
	context: Context,
	attemptId: string,
	{ rule, message }: { rule: AttestedRule; message: string }
): Promise<void> {
	const now = context.clock.now();
	const payment = await tx
		.updateTable('simulator_payments')
		.set((eb) => ({
			state: 'attested',
			rule,
			message,
			charges: eb('charges', '+', 1),
			decides_at: now + FINAL_AFTER_MS,
			updated_at: now
		}))
		.where('attempt_id', '=', attemptId)
		.where('state', '=', 'redirect')
		.where('charges', '=', 0)
		.returningAll()
		.executeTakeFirst();
	if (payment) await writePaymentMessage(tx, context, payment, 'soon');
}

/** Makes an attested payment final, or takes it back: then the money never came. Tells of it. */
export async function endAttested(
	tx: Tx,
	context: Context,
	{ attempt_id, rule }: Pick<SimulatorPayment, 'attempt_id' | 'rule'>
): Promise<void> {
	const isFinal = rule !== ('attested_reversed' satisfies AttestedRule);
	const word = isFinal
		? { state: 'succeeded', reason: null, message: 'The payment is final.' }
		: { state: 'declined', reason: 'insufficient_funds', message: 'The payment was taken back.' };
	const payment = await tx
		.updateTable('simulator_payments')
		.set((eb) => ({
			...word,
			charges: eb('charges', '-', isFinal ? 0 : 1),
			decides_at: null,
			updated_at: context.clock.now()
		}))
		.where('attempt_id', '=', attempt_id)
		.where('state', '=', 'attested')
		.returningAll()
		.executeTakeFirst();
	if (payment) await writePaymentMessage(tx, context, payment, 'soon');
}
