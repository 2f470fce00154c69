import type { Locale } from '$lib/i18n/locales';
import { translator } from '$lib/i18n/translate';

/** A page that says what is in the way, in the payer's language, and the way on. */
export interface ProblemView {
	title: string;
	heading: string;
	lines: string[];
	again: { text: string; path: string } | null;
	/** The page is asked for anew after so many seconds: what it says is about to change. */
	refreshSeconds?: number;
}

/** What a page says when there is no payment to show: for each kind, calm words and a way on. */
export function viewProblems(locale: Locale, path: string, requestId: string) {
	const t = translator(locale);
	return {
		unknown: {
			title: t('title.unknown'),
			heading: t('unknown.heading'),
			lines: [t('unknown.text')],
			again: null
		},
		tries: {
			title: t('title.tries'),
			heading: t('tries.heading'),
			lines: [t('tries.wait', { minutes: 1 })],
			again: { text: t('error.reload'), path }
		},
		fault: {
			title: t('title.error'),
			heading: t('error.heading'),
			lines: [t('error.text'), t('error.code', { code: requestId })],
			again: { text: t('error.reload'), path }
		}
	};
}
