import type { Context } from '$lib/server/context';
import { redact } from '$lib/server/log/redact';
import { redactText } from '$lib/server/log/redact-text';
import type { Notification } from '$lib/server/providers/outcome';
import { findProviderAccount } from '$lib/server/routing/provider-account';

/** Texts of the provider are redacted; ids and amounts stay, for digits of an id may pass Luhn. */
function withoutCardData(reading: Notification): Notification {
	const { outcome, refund } = reading;
	return {
		...reading,
		outcome: redacted(outcome),
		...(refund && { refund: { ...refund, outcome: redacted(refund.outcome) } })
	};
}

function redacted<Word extends object>(word: Word): Word {
	if (!('message' in word)) return word;
	return { ...word, message: redactText(String(word.message), 500) };
}

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
				reading: JSON.stringify(withoutCardData(reading)),
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
