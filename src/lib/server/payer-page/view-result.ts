import { declineLines } from './decline-lines';
import type { Step } from './page-step';
import type { Scene } from './scene';
import { brandName } from './view-form';

export type Outcome = Exclude<Step, 'form' | 'waiting' | 'action'>;

/** The end of a payment. `backUrl` leads to the merchant, with the outcome and a signature. */
export function viewResult(scene: Scene, outcome: Outcome, backUrl: string | null) {
	const { payment, session, t, money } = scene;
	const merchant = session.application.merchantName;
	const amount = payment.amount ?? payment.attempt?.amount ?? null;
	const { cardBrand, cardLast4 } = payment.attempt ?? {};
	const facts: { term: string; value: string }[] = [];
	if (outcome === 'succeeded' && amount !== null) {
		facts.push({ term: t('summary.amount'), value: money(amount) });
	}
	if (outcome === 'succeeded' && cardLast4) {
		const brand = cardBrand ? brandName(cardBrand) : t('method.card');
		const value = t('result.card', { brand, last4: cardLast4 });
		facts.push({ term: t('method.card'), value });
	}
	return {
		step: 'result' as const,
		result: {
			outcome,
			heading: t(`result.${outcome}.heading`),
			lines: linesOf(scene, outcome, amount),
			facts,
			support: {
				label: t('result.support'),
				hint: t('result.support_hint', { merchant }),
				code: payment.transactionId,
				contact: session.application.supportContact
			},
			back: backUrl
				? {
						text: t('result.back', { merchant }),
						url: backUrl,
						notice: t('result.returning', { merchant })
					}
				: null
		}
	};
}

function linesOf(scene: Scene, outcome: Outcome, amount: number | null): string[] {
	const { payment, session, t, money } = scene;
	const merchant = session.application.merchantName;
	if (outcome === 'expired') return [t('result.expired.text', { merchant })];
	if (outcome === 'canceled' || amount === null) return [t('result.canceled.text')];
	const values = { amount: money(amount), merchant };
	if (outcome === 'succeeded') return [t('result.succeeded.text', values)];
	const [what = ''] = declineLines(t, payment.reason, merchant);
	const next = t('declined.attempts_exhausted.next', { merchant });
	return [t('result.declined.text', values), what, next];
}
