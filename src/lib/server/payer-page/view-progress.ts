import { pagePath } from './page-request';
import type { Scene } from './scene';

/** Sent, and no answer yet. */
export function viewWaiting({ payment, session, request, t, money }: Scene) {
	const { attempt } = payment;
	const amount = money(attempt?.amount ?? payment.amount ?? 0, attempt?.currency);
	return {
		step: 'waiting' as const,
		title: 'title.pending' as const,
		waiting: {
			heading: t('pending.heading'),
			lines: [
				t('pending.known', { amount }),
				t('pending.next'),
				t('pending.refreshes'),
				t('pending.leave', { merchant: session.application.merchantName })
			],
			refresh: { text: t('pending.refresh'), path: pagePath(request) },
			support: { label: t('result.support'), code: payment.transactionId }
		}
	};
}
