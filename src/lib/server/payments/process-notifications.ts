import type { Context } from '$lib/server/context';
import type { Notification } from '$lib/server/providers/provider';
import { applyOutcome } from './apply-outcome';
import { readPaymentOfAttempt } from './read-payment';

const AT_ONCE = 50;

/**
 * Applies the notifications that were stored and not yet looked at. Doing one twice, by two
 * workers or after a crash between the two writes, changes nothing the second time. Returns how
 * many were looked at.
 */
export async function processNotifications(context: Context): Promise<number> {
	const waiting = await context.db.read
		.selectFrom('notifications')
		.select(['provider_account_id', 'message_id', 'reading'])
		.where('processed_at', 'is', null)
		.orderBy('received_at')
		.limit(AT_ONCE)
		.execute();
	for (const { provider_account_id, message_id, reading } of waiting) {
		const notification = JSON.parse(reading) as Notification;
		const result = await apply(context, provider_account_id, notification);
		await context.db.inTransaction((tx) =>
			tx
				.updateTable('notifications')
				.set({ result, processed_at: context.clock.now() })
				.where('provider_account_id', '=', provider_account_id)
				.where('message_id', '=', message_id)
				.execute()
		);
	}
	return waiting.length;
}

/** An authentic message is not yet a valid one: it must fit the attempt it speaks of. */
async function apply(
	context: Context,
	accountId: number,
	{ attemptId, providerReference, amount, outcome }: Notification
): Promise<string> {
	const payment = await readPaymentOfAttempt(context.db.read, attemptId);
	const attempt = payment?.attempt;
	if (attempt?.id !== attemptId) return 'ignored: no open attempt has this id';
	if (attempt.providerAccountId !== accountId) return 'refused: another account';
	if (attempt.amount !== amount.amount || attempt.currency !== amount.currency) {
		return 'refused: another amount';
	}
	const known = attempt.providerReference;
	if (known && providerReference && known !== providerReference) {
		return 'refused: another payment at the provider';
	}
	return applyOutcome(context, attemptId, outcome);
}
