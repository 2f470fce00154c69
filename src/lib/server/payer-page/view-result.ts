import type { Attempt } from '$lib/server/payments/payment';
import { brandName } from './brand-name';
import { declineLines } from './decline-lines';
import { methodName } from './describe-method';
import type { Outcome } from './page-step';
import { readChoices } from './read-choices';
import type { Scene } from './scene';
import { viewFarewell } from './view-farewell';
import { viewTerms } from './view-terms';

type DepositOutcome = Exclude<Outcome, 'rejected' | 'failed'>;

/** The end of a payment. `backUrl` leads to the merchant, with the outcome and a signature. */
export async function viewResult(scene: Scene, outcome: DepositOutcome, backUrl: string | null) {
	const { payment, t } = scene;
	const { attempt } = payment;
	return {
		step: 'result' as const,
		title: `title.${outcome}` as const,
		result: {
			outcome,
			heading: t(`result.${outcome}.heading`),
			lines: linesOf(scene, outcome),
			facts: outcome === 'succeeded' && attempt ? await factsOf(scene, attempt) : [],
			...viewFarewell(scene, backUrl)
		}
	};
}

/** What was paid and how: a term and its value. */
async function factsOf(scene: Scene, attempt: Attempt) {
	const { t } = scene;
	const { userAmount, fee, merchantFee, rate, fxFee, amount, currency } = attempt;
	const terms = { fee, merchantFee, rate, fxFee, provider: { amount, currency } };
	const facts = viewTerms(scene, userAmount, terms).rows.map(({ term, value }) => ({
		term,
		value
	}));
	if (attempt.cardLast4) {
		const brand = attempt.cardBrand ? brandName(attempt.cardBrand) : t('method.card');
		const value = t('result.card', { brand, last4: attempt.cardLast4 });
		return [...facts, { term: t('method.card'), value }];
	}
	const { methods } = await readChoices(scene, null);
	const offer = methods.find(({ name }) => name === attempt.method);
	return [...facts, { term: t('result.method'), value: methodName(scene, offer ?? attempt) }];
}

function linesOf(scene: Scene, outcome: DepositOutcome): string[] {
	const { payment, session, t, money } = scene;
	const merchant = session.application.merchantName;
	const { attempt } = payment;
	const paid = attempt?.userAmount ?? payment.amount;
	if (outcome === 'expired') return [t('result.expired.text', { merchant }), ...shortLine(scene)];
	if (outcome === 'canceled' || paid === null) {
		const isShort = shortLine(scene).length > 0;
		const isByMerchant = payment.reason === 'canceled_by_merchant';
		return [
			...(isByMerchant ? [t('result.canceled.by_merchant', { merchant })] : []),
			...(isShort ? shortLine(scene) : [t('result.canceled.text')])
		];
	}
	const values = { amount: money(paid), merchant };
	if (outcome === 'succeeded') return paidLines(scene, values);
	const failed = t('result.declined.text', values);
	if (payment.reversed) return [failed, t('result.reversed', { merchant })];
	const kind = attempt?.kind ?? null;
	const [what = ''] = declineLines(t, { reason: payment.reason, kind, merchant });
	const next = t('declined.attempts_exhausted.next', { merchant });
	return [failed, what, ...shortLine(scene), next];
}

/** What was paid; of a transfer also whether more or less came, and what became of that. */
function paidLines(
	{ payment: { attempt }, t, money }: Scene,
	values: { amount: string; merchant: string }
): string[] {
	const { merchant } = values;
	const text = t('result.succeeded.text', values);
	if (!attempt) return [text];
	const { userAmount, ordered } = attempt;
	if (ordered && userAmount < ordered.userAmount) {
		const asked = money(ordered.userAmount);
		return [t('result.taken_short', { received: money(userAmount), asked, merchant })];
	}
	if (ordered && userAmount > ordered.userAmount) {
		const surplus = money(userAmount - ordered.userAmount);
		return [text, t('result.taken_over', { surplus, merchant })];
	}
	const surplus = attempt.receivedAmount - attempt.amount;
	if (surplus <= 0) return [text];
	return [text, t('result.surplus', { amount: money(surplus, attempt.currency), merchant })];
}

/** Money that had come for a payment that was not made. */
function shortLine({ payment, session, t, money }: Scene): string[] {
	const { attempt } = payment;
	if (!attempt || attempt.receivedAmount === 0) return [];
	const merchant = session.application.merchantName;
	return [t('result.short', { amount: money(attempt.receivedAmount, attempt.currency), merchant })];
}
