import type { Context } from '$lib/server/context';
import { describeError } from '$lib/server/log/describe-error';
import type { Notification } from '$lib/server/providers/outcome';
import { applyOutcome } from './apply-outcome';
import { applyRefund } from './apply-refund';
import { openReading } from './notification-reading';
import { readPaymentAt } from './read-payment';

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
		// Those that met a fault of ours stand at the end, where they hold up none.
		.orderBy((eb) => eb.case().when('result', 'is', null).then(0).else(1).end())
		.orderBy('received_at')
		.limit(AT_ONCE)
		.execute();
	let done = 0;
	for (const row of waiting) {
		const result = await applyOrReport(context, row);
		const isDone = result !== FAULT;
		if (isDone) done++;
		await context.db.inTransaction((tx) =>
			tx
				.updateTable('notifications')
				.set({ result, processed_at: isDone ? context.clock.now() : null })
				.where('provider_account_id', '=', row.provider_account_id)
				.where('message_id', '=', row.message_id)
				.where('processed_at', 'is', null)
				.execute()
		);
	}
	return done;
}

/** The result of a message that is looked at again. */
const FAULT = 'fault';

async function applyOrReport(
	context: Context,
	row: Parameters<typeof openReading>[1]
): Promise<string> {
	try {
		return await apply(context, row.provider_account_id, openReading(context, row));
	} catch (error) {
		context.log.error('a notification could not be applied', { error: describeError(error) });
		return FAULT;
	}
}

/** An authentic message is not yet a valid one: it must fit the attempt or refund it speaks of. */
async function apply(context: Context, accountId: number, message: Notification): Promise<string> {
	const { attemptId, providerReference, amount, outcome, refund } = message;
	if (refund) return applyToRefund(context, accountId, { ...message, refund });
	const attempt = (await readPaymentAt(context.db.read, attemptId))?.attempt;
	if (!attempt) return 'ignored: no attempt has this id';
	if (attempt.providerAccountId !== accountId) return 'refused: another account';
	const ordered = attempt.ordered ?? attempt;
	if (ordered.amount !== amount.amount || attempt.currency !== amount.currency) {
		return 'refused: another amount';
	}
	const known = attempt.providerReference;
	if (known && providerReference && known !== providerReference) {
		return 'refused: another payment at the provider';
	}
	// Messages overtake each other: an older word must not take the payer's challenge away.
	if (outcome.kind === 'pending' && attempt.state === 'action_required') return 'ignored: older';
	return applyOutcome(context, attemptId, outcome);
}

async function applyToRefund(
	context: Context,
	accountId: number,
	{ amount, refund }: Notification & { refund: NonNullable<Notification['refund']> }
): Promise<string> {
	const row = await context.db.read
		.selectFrom('refunds')
		.select(['provider_account_id', 'provider_amount', 'provider_currency'])
		.where('id', '=', refund.refundId)
		.executeTakeFirst();
	if (!row) return 'ignored: no refund has this id';
	if (row.provider_account_id !== accountId) return 'refused: another account';
	if (row.provider_amount !== amount.amount || row.provider_currency !== amount.currency) {
		return 'refused: another amount';
	}
	return applyRefund(context, refund.refundId, refund.outcome);
}
