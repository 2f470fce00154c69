import type { Context } from '$lib/server/context';
import { endAttested } from './attest';
import { decide } from './payments';
import { settleRefund } from './refunds';
import { verdictInTime } from './verdict-in-time';

const DECIDED_AT_ONCE = 20;

/**
 * Decides the payments, payouts and refunds whose time has come, at most 20 of each. Several
 * processes may do it at once: each is decided by one of them.
 */
export async function decideDue(context: Context): Promise<void> {
	const { db, clock } = context;
	const payments = await db.read
		.selectFrom('simulator_payments')
		.select(['attempt_id', 'rule', 'kind', 'state'])
		.where('decides_at', '<=', clock.now())
		.orderBy('decides_at')
		.limit(DECIDED_AT_ONCE)
		.execute();
	for (const payment of payments) {
		await db.inTransaction(async (tx) => {
			if (payment.state === 'attested') await endAttested(tx, context, payment);
			else await decide(tx, context, payment.attempt_id, verdictInTime(payment));
		});
	}
	const refunds = await db.read
		.selectFrom('simulator_refunds')
		.select('refund_id')
		.where('decides_at', '<=', clock.now())
		.orderBy('decides_at')
		.limit(DECIDED_AT_ONCE)
		.execute();
	for (const { refund_id } of refunds) {
		await db.inTransaction((tx) => settleRefund(tx, context, refund_id, wentThrough));
	}
}

const wentThrough = {
	state: 'succeeded',
	message: 'The refund went through after a while.'
} as const;
