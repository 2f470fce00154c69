import { declineLines } from './decline-lines';
import { methodName } from './describe-method';
import type { Choices } from './read-choices';
import type { Scene } from './scene';

export interface NoticeView {
	tone: 'plain' | 'warning' | 'danger';
	/** Of several, the first one is the heading. */
	lines: string[];
}

/** What happened before this page: a form that came to nothing, or a try that did. */
export function noticeOf(scene: Scene, { methods }: Choices): NoticeView | null {
	const { payment, request, session, t, money } = scene;
	const merchant = session.application.merchantName;
	switch (request.notice) {
		case 'stale':
			return { tone: 'warning', lines: [t('form.stale')] };
		case 'card_removed':
			return { tone: 'plain', lines: [t('notice.card_removed')] };
		case 'card_gone':
		case 'card_unavailable':
		case 'unavailable':
			return { tone: 'warning', lines: [t(`notice.${request.notice}`)] };
	}
	const { attempt } = payment;
	if (attempt?.state !== 'declined' && attempt?.state !== 'canceled') return null;
	const reason = attempt.reason ?? payment.reason;
	if (reason === 'canceled_by_payer') {
		const offer = methods.find(({ name }) => name === attempt.method);
		const method = methodName(scene, offer ?? attempt);
		const arrived = attempt.receivedAmount;
		if (arrived === 0) return { tone: 'plain', lines: [t('notice.called_off', { method })] };
		const amount = money(arrived, attempt.currency);
		const line = t('notice.called_off_short', { method, merchant, amount });
		return { tone: 'warning', lines: [line] };
	}
	const lines = declineLines(t, { reason, kind: attempt.kind, merchant });
	return { tone: 'danger', lines: [t('title.declined'), ...lines] };
}
