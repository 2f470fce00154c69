import { en, type MessageKey } from '$lib/i18n/messages/en';
import type { Translate } from '$lib/i18n/translate';

type Reason = MessageKey extends infer Key
	? Key extends `declined.${infer Name}.what`
		? Name
		: never
	: never;

/** Why a try was declined and what helps, in plain words; the bank's own words are not for payers. */
export function declineLines(t: Translate, reason: string | null, merchant: string): string[] {
	const known = isReason(reason) ? reason : 'declined';
	return [t(`declined.${known}.what`), t(`declined.${known}.next`, { merchant })];
}

function isReason(reason: string | null): reason is Reason {
	return `declined.${reason}.what` in en;
}
