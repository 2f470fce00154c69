import type { Scene } from './scene';

/** What stands below every end: whom to ask, and the way back to the merchant, if there is one. */
export function viewFarewell({ payment, session, barrier, t }: Scene, backUrl: string | null) {
	const isHeld = barrier.opensInMs !== null;
	const { merchantName: merchant, supportContact: contact } = session.application;
	return {
		support: {
			label: t('result.support'),
			hint: t('result.support_hint', { merchant }),
			code: payment.transactionId,
			contact
		},
		telling: isHeld ? t('result.telling', { merchant }) : null,
		back:
			backUrl === null || isHeld
				? null
				: {
						text: t('result.back', { merchant }),
						url: backUrl,
						notice: t('result.returning', { merchant })
					}
	};
}
