import type { Context } from '$lib/server/context';
import { redact } from '$lib/server/log/redact';
import { findProviderAccount } from '$lib/server/routing/provider-account';
import { sealReading } from './notification-reading';

/** Bytes of a notification that are kept; providers' messages are far smaller. */
const MAX_KEPT = 16_384;

/**
 * Takes a provider's message: checks that it is authentic, stores it redacted, and leaves the rest
 * to processNotifications, so that the provider has its answer at once. The same message again is
 * stored once. `refused`: not authentic, or no such account; nothing is stored.
 */
export async function receiveNotification(
	context: Context,
	providerName: string,
	accountId: number,
	message: { headers: Headers; body: string }
): Promise<'stored' | 'refused'> {
	const account = await findProviderAccount(context, accountId);
	if (!account || account.provider.name !== providerName) return 'refused';
	const receivedAt = context.clock.now();
	const reading = account.provider.readNotification(account.call, { ...message, receivedAt });
	if (!reading) return 'refused';
	await context.db.inTransaction((tx) =>
		tx
			.insertInto('notifications')
			.values({
				provider_account_id: account.id,
				message_id: reading.id,
				body: String(redact(message.body)).slice(0, MAX_KEPT),
				// A reading may hold the token of a card.
				reading: sealReading(context, account.id, reading),
				attempt_id: reading.attemptId,
				received_at: receivedAt,
				result: null,
				processed_at: null
			})
			.onConflict((conflict) => conflict.doNothing())
			.execute()
	);
	return 'stored';
}
