import type { Context } from '$lib/server/context';
import { seal, unseal } from '$lib/server/merchants/seal';
import { redactText } from '$lib/server/log/redact-text';
import type { Notification } from '$lib/server/providers/outcome';

/**
 * What a provider's reader made of a message, for the column `reading`: encrypted, since it may hold
 * the token of a card. Texts of the provider are redacted; ids and amounts stay, for digits of an id
 * may pass Luhn.
 */
export function sealReading(context: Context, accountId: number, reading: Notification): string {
	const { outcome, refund } = reading;
	const kept: Notification = {
		...reading,
		outcome: redacted(outcome),
		...(refund && { refund: { ...refund, outcome: redacted(refund.outcome) } })
	};
	return seal(context, place(accountId, reading.id), JSON.stringify(kept));
}

export function openReading(
	context: Context,
	row: { provider_account_id: number; message_id: string; reading: string }
): Notification {
	// Those that were stored before they were encrypted begin as JSON does.
	const isPlain = row.reading.startsWith('{');
	const where = place(row.provider_account_id, row.message_id);
	const text = isPlain ? row.reading : unseal(context, where, row.reading);
	return JSON.parse(text) as Notification;
}

function redacted<Word extends object>(word: Word): Word {
	if (!('message' in word)) return word;
	return { ...word, message: redactText(String(word.message), 500) };
}

function place(accountId: number, messageId: string): string {
	return `notifications:${accountId}:${messageId}:reading`;
}
