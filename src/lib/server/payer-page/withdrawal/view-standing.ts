import { readLegs } from '$lib/server/payments/leg';
import { formatMoment } from '../format-moment';
import { pagePath } from '../page-request';
import type { Step } from '../page-step';
import type { Scene } from '../scene';
import { row } from './describe-terms';
import { takesOf } from './takes-of';
import { ltr } from './view-confirm';

/** A withdrawal that was asked for: the merchant decides, or the money is on its way. */
export async function viewStanding(scene: Scene, step: Step, backUrl: string | null) {
	const { context, session, payment, request, t, money } = scene;
	const merchant = session.application.merchantName;
	const amount = money(payment.amount ?? 0);
	const legs = await readLegs(context.db.read, payment.transactionId);
	const takes = await takesOf(scene, legs);
	const isWaiting = step === 'requested';
	const when = formatMoment(payment.updatedAt, request.formatLocale);
	const rows = [
		row(t('requested.amount'), amount),
		...legs.map(({ label }) => row(t('requested.to'), ltr(label))),
		...(isWaiting ? [row(t('requested.at'), when)] : []),
		...(takes === null ? [] : [row(t('account.takes'), t(`method.takes.${takes}`))]),
		row(t('result.support'), payment.transactionId)
	];
	const sent = payment.state === 'approved' ? 'approved' : 'sent';
	return {
		step: 'withdrawal' as const,
		title: isWaiting ? ('title.requested' as const) : ('title.payout' as const),
		withdrawal: {
			show: 'standing' as const,
			standing: {
				isWaiting,
				heading: isWaiting ? t('requested.heading') : t('payout.on_its_way.heading'),
				lines: isWaiting
					? [t('requested.text', { merchant }), t('requested.next')]
					: [t(`payout.on_its_way.${sent}`, { amount, merchant }), t('payout.on_its_way.next')],
				facts: { caption: t('requested.caption'), rows },
				refresh: { text: t('pending.refresh'), path: pagePath(request) },
				back: backUrl ? { text: t('requested.back', { merchant }), url: backUrl } : null,
				cancel: isWaiting
					? {
							path: pagePath(request, 'cancel'),
							open: t('requested.cancel'),
							question: t('requests.sure', { amount, merchant }),
							yes: t('requests.yes')
						}
					: null
			}
		}
	};
}
