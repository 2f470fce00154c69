import { readMerchantSettings } from '$lib/server/merchants/merchant-settings';
import { attemptKey } from '$lib/server/payments/attempt-key';
import type { QuotedLeg } from '$lib/server/payments/quote-legs';
import { sealDraft } from '$lib/server/payments/withdrawal-draft';
import { plainAmount } from '../choose-amount';
import { pagePath } from '../page-request';
import type { Scene } from '../scene';
import { describeTerms, row, type Row } from './describe-terms';

/** A part of a withdrawal as the payer confirms it. */
interface PartView {
	caption: string;
	rows: Row[];
}

/** What the payer is asked to confirm: where to, what it costs, what arrives and when. */
export async function viewConfirm(scene: Scene, quoted: QuotedLeg[]) {
	const { context, session, payment, request, t, money } = scene;
	const legs = quoted.map(({ leg }) => leg);
	const amount = legs.reduce((sum, leg) => sum + leg.amount, 0);
	const fee = quoted.reduce((sum, { terms }) => sum + terms.fee, 0);
	const chosen = legs.find(({ sourceAttemptId }) => sourceAttemptId === null);
	const merchant = session.application.merchantName;
	const query = { amount: plainAmount(scene, amount), ...(chosen && { method: chosen.method }) };
	const path = pagePath(request, '', query);
	const settings = await readMerchantSettings(context, payment.merchantId, payment.mode);
	const isDecided = amount > (settings.autoApprove[payment.currency] ?? 0);
	const isConverted = quoted.some(({ terms }) => terms.rate !== null);
	return {
		path,
		parts: quoted.map((part) => partOf(scene, part, quoted.length > 1)),
		notes: [
			...(isConverted ? [t('confirm.rate_note')] : []),
			...(isDecided ? [t('confirm.decision', { merchant })] : [])
		],
		attemptKey: attemptKey(context, payment.transactionId, payment.tries + 1),
		draft: sealDraft(context, payment, { legs, fee }),
		send: t('confirm.send', { amount: money(amount) }),
		change: chosen ? { text: t('confirm.change'), path } : null
	};
}

function partOf(scene: Scene, { leg, terms, takes }: QuotedLeg, isPart: boolean): PartView {
	const { t, money } = scene;
	const isBack = leg.sourceAttemptId !== null;
	const words = { amount: money(leg.amount), label: ltr(leg.label) };
	const heading = isBack ? t('split.part', words) : t('confirm.part', words);
	const to = isPart ? [] : [row(t('confirm.to'), ltr(leg.label))];
	const { destination } = leg;
	const holder = 'holder' in destination ? [row(t('confirm.holder'), destination.holder)] : [];
	return {
		caption: isPart ? heading : t('confirm.heading'),
		rows: [
			...to,
			...holder,
			...describeTerms(scene, leg.amount, terms),
			row(t('account.takes'), t(`method.takes.${takes}`))
		]
	};
}

/** U+2066 and U+2069: labels of accounts run left to right on every page, and in one line. */
export function ltr(label: string): string {
	return `\u2066${label.replaceAll(' ', '\u00a0')}\u2069`;
}
