import { newId, type Context } from '$lib/server/context';
import { isUniqueViolation } from '$lib/server/db/conflict';
import type { Schema } from '$lib/server/db/schema';
import { nextAskAt } from './ask-schedule';
import { claimDue, workOrReport } from './claim-due';
import { sendRefund } from './send-refund';

const LEASE_MS = 60_000;

type UnappliedMoney = Schema['unapplied_money'];

/**
 * Gives money without a use back to where it came from, as a refund of its own. What a provider
 * cannot give back goes into the merchant's queue. Returns how many sums were looked at.
 */
export async function returnUnapplied(context: Context): Promise<number> {
	const claimed = await claimDue(context, {
		atOnce: 20,
		due: (from, now) =>
			from.selectFrom('unapplied_money').selectAll().where('work_at', '<=', now).orderBy('work_at'),
		putOff: (tx, { id }, now) =>
			tx
				.updateTable('unapplied_money')
				.set({ work_at: now + LEASE_MS })
				.where('id', '=', id)
				.execute()
	});
	const problem = 'money could not be given back';
	for (const money of claimed) {
		await workOrReport(context, () => giveBack(context, money), problem);
	}
	return claimed.length;
}

async function giveBack(context: Context, money: UnappliedMoney): Promise<void> {
	const refundId = newId(context);
	const now = context.clock.now();
	try {
		await context.db.inTransaction(async (tx) => {
			await tx
				.insertInto('refunds')
				.values({
					id: refundId,
					transaction_id: money.transaction_id,
					attempt_id: money.attempt_id,
					merchant_id: money.merchant_id,
					mode: money.mode,
					reference: null,
					state: 'requested',
					amount: money.amount,
					currency: money.currency,
					fee: 0,
					fx_fee: 0,
					provider_amount: money.amount,
					provider_currency: money.currency,
					provider_account_id: money.provider_account_id,
					provider_reference: null,
					unapplied_id: money.id,
					reason: null,
					reason_message: null,
					ask_at: nextAskAt(now, 0),
					asked: 0,
					created_at: now,
					updated_at: now
				})
				.execute();
			// From here on the refund is asked about, and says how it ended.
			await tx
				.updateTable('unapplied_money')
				.set({ state: 'returning', work_at: null })
				.where('id', '=', money.id)
				.execute();
		});
	} catch (error) {
		// The unique index: it is on its way back already.
		if (isUniqueViolation(error)) return;
		throw error;
	}
	await sendRefund(context, refundId);
}
