import type { Locale } from '$lib/i18n/locales';
import { translator } from '$lib/i18n/translate';
import { stepOf } from './page-step';
import type { Scene } from './scene';
import type { ProblemView } from './view-problems';

/** A link that nobody signed: whether there is such a payment is not told. */
export function viewChangedLink(locale: Locale): ProblemView {
	const t = translator(locale);
	return {
		title: t('title.link_changed'),
		heading: t('link.changed.heading'),
		lines: [t('link.changed.text')],
		again: null
	};
}

/** A link whose time is up. `backUrl` leads to the merchant, with the outcome and a signature. */
export function viewExpiredLink(scene: Scene, backUrl: string | null): ProblemView {
	const { session, barrier, t } = scene;
	const { merchantName: merchant } = session.application;
	const view = {
		title: t('title.link_expired'),
		heading: t('link.expired.heading'),
		lines: linesOf(scene),
		again: null
	};
	if (backUrl === null) return view;
	// The merchant hears of an end before its payer is back.
	if (barrier.opensInMs !== null) return { ...view, refreshSeconds: 1 };
	return { ...view, again: { text: t('result.back', { merchant }), path: backUrl } };
}

function linesOf({ session, payment, now, t }: Scene): string[] {
	const merchant = session.application.merchantName;
	const isPaid = stepOf(session, payment, now) === 'succeeded';
	if (isPaid) return [t('link.expired.paid', { merchant })];
	return [t('link.expired.text'), t('link.expired.next', { merchant })];
}
