import type { Locale } from '$lib/i18n/locales';
import { translator } from '$lib/i18n/translate';

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
