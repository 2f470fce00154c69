import { en, type MessageKey } from '$lib/i18n/messages/en';
import type { Translate } from '$lib/i18n/translate';
import type { MethodKind } from '$lib/server/payments/payment';

type Reason = MessageKey extends infer Key
	? Key extends `declined.${infer Name}.what`
		? Name
		: never
	: never;

interface Declined {
	reason: string | null;
	/** What was tried; null: nothing that is known. */
	kind: MethodKind | null;
	merchant: string;
}

/** Why a try was declined and what helps, in plain words; the bank's own words are not for payers. */
export function declineLines(t: Translate, { reason, kind, merchant }: Declined): string[] {
	const known = isReason(reason) ? reason : 'declined';
	// Words about cards and their banks help only those who tried a card.
	const elsewhere = kind === null || kind === 'card' ? null : `${known}_elsewhere`;
	const words = isReason(elsewhere) ? elsewhere : known;
	return [t(`declined.${words}.what`), t(`declined.${words}.next`, { merchant })];
}

function isReason(reason: string | null): reason is Reason {
	return reason !== null && `declined.${reason}.what` in en;
}
