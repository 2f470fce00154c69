import type { Translate } from '$lib/i18n/translate';
import { declineReasons } from '$lib/server/payments/payment';

/** Why a try was declined and what helps, in plain words; the bank's own words are not for payers. */
export function declineLines(t: Translate, reason: string | null, merchant: string): string[] {
	if (reason === 'attempts_exhausted') {
		const next = t('declined.attempts_exhausted.next', { merchant });
		return [t('declined.attempts_exhausted.what'), next];
	}
	const known = declineReasons.find((name) => name === reason) ?? 'declined';
	return [t(`declined.${known}.what`), t(`declined.${known}.next`)];
}
