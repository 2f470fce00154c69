import { listRequests } from '$lib/server/payments/list-requests';
import { formatMoment } from '../format-moment';
import { pagePath } from '../page-request';
import { keeperOf } from '../read-choices';
import type { Scene } from '../scene';
import { ltr } from './view-confirm';

/** The payer's other withdrawals that wait for the merchant, each of which can be taken back. */
export async function viewRequests(scene: Scene) {
	const { context, session, request, t, money } = scene;
	const owner = keeperOf(scene);
	const waiting = owner ? await listRequests(context, owner) : [];
	if (waiting.length === 0) return null;
	const merchant = session.application.merchantName;
	return {
		heading: t('requests.heading'),
		items: waiting.map(({ transactionId, amount, currency, requestedAt, labels }) => {
			const written = money(amount, currency);
			const when = formatMoment(requestedAt, request.formatLocale);
			return {
				id: transactionId,
				amount: written,
				lines: [
					t('requests.asked', { when, label: labels.map(ltr).join(', ') }),
					t('requests.waits', { merchant })
				],
				cancel: {
					path: pagePath(request),
					fields: { step: 'cancel_request', transaction: transactionId },
					open: t('requests.cancel'),
					question: t('requests.sure', { amount: written, merchant }),
					yes: t('requests.yes')
				}
			};
		})
	};
}
