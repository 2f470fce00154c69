import { pagePath } from './page-request';
import type { Scene } from './scene';

/** Sent, and no answer yet. */
export function viewWaiting({ payment, session, request, t, money }: Scene) {
	const amount = money(payment.attempt?.amount ?? payment.amount ?? 0);
	return {
		step: 'waiting' as const,
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

/** The payer has something to do at the bank or provider. */
export function viewAction({ payment, request, t, money }: Scene) {
	const { attempt } = payment;
	const amount = money(attempt?.amount ?? payment.amount ?? 0);
	const framed = attempt?.action?.type === 'challenge';
	const provider = attempt?.provider ?? '';
	const challenge = [t('action.explanation'), t('action.means'), t('action.time')];
	const redirect = [t('action.redirect', { provider }), t('action.afterwards')];
	return {
		step: 'action' as const,
		action: {
			heading: t('action.heading', { amount }),
			lines: framed ? challenge : redirect,
			url: attempt?.action?.url ?? '',
			framed,
			next: framed ? t('action.continue') : t('action.redirect_continue', { provider }),
			cancel: { text: t('action.cancel'), path: pagePath(request, 'cancel') },
			dialog: {
				label: t('action.dialog'),
				close: t('action.close'),
				notShown: t('action.not_shown')
			},
			question: { text: t('action.cancel_question'), keep: t('action.keep') }
		}
	};
}
