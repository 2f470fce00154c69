import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import { touchInstrument } from '$lib/server/instruments/touch-instrument';
import type { LimitRule } from '$lib/server/merchants/merchant-settings';
import type { Choice, Explanation } from '$lib/server/routing/decision';
import { attemptRow } from './attempt-row';
import type { ReadyDeposit } from './deposit';
import { describeCard } from './describe-card';
import type { Payment } from './payment';
import { reserve } from './reservations';
import { writeChange } from './write-change';

interface Intent {
	ready: ReadyDeposit;
	/** As it was read last; the compare-and-set goes by its version. */
	payment: Payment;
	attemptId: string;
	choice: Choice;
	/** Until when it waits for the payer, milliseconds since 1970. */
	payUntil: number;
	/** Accounts that come after this one. */
	followers: number;
	/** The first account of what the payer sent; the others follow from it. */
	isFirst: boolean;
	explanation: Explanation;
	limits: LimitRule[];
}

/**
 * Writes down that a provider is about to be asked, before it is. The try is counted by
 * compare-and-set on the version that was read, and only while the session lasts; the unique
 * indexes on attempts stand behind that. Throws ConflictError or LimitReached.
 */
export async function writeIntent(context: Context, tx: Tx, intent: Intent): Promise<void> {
	const { ready, payment, attemptId, isFirst, explanation, limits } = intent;
	const { amount, method, instrument } = ready;
	const reserved = await reserve(context, tx, payment, { limits, method, amount });
	await writeChange(context, tx, payment, {
		kind: 'try_sent',
		columns: {
			tries: payment.tries + 1,
			submissions: payment.submissions + (isFirst ? 1 : 0),
			amount,
			reserved_limits: reserved
		},
		snapshot: { amount, attemptId, method, receivedAmount: 0, ...(isFirst && { explanation }) },
		beforeExpiry: isFirst
	});
	const row = attemptRow(context, { ...intent, userAmount: amount });
	await tx
		.insertInto('attempts')
		.values({
			...row,
			...cardColumns(ready),
			pay_until: intent.payUntil,
			instrument_id: instrument?.id ?? null,
			keeps_card: ready.means.kind === 'card' && ready.means.keep ? 1 : 0
		})
		.execute();
	if (instrument) await touchInstrument(context, tx, instrument.id);
}

function cardColumns({ means, instrument }: ReadyDeposit) {
	if (means.kind === 'card') return describeCard(means.card);
	return {
		card_brand: instrument?.brand ?? null,
		card_first6: null,
		card_last4: instrument?.last4 ?? null,
		card_expiry: instrument?.expiry ?? null
	};
}
