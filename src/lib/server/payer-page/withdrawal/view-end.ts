import { readLegs, type Leg } from '$lib/server/payments/leg';
import { readPayouts } from '$lib/server/payments/read-payouts';
import type { Outcome } from '../page-step';
import type { Scene } from '../scene';
import { viewFarewell } from '../view-farewell';
import { takesOf } from './takes-of';
import { ltr } from './view-confirm';

/** The end of a withdrawal. `backUrl` leads to the merchant, with the outcome and a signature. */
export async function viewEnd(scene: Scene, outcome: Outcome, backUrl: string | null) {
	const { context, payment, t } = scene;
	const legs = await readLegs(context.db.read, payment.transactionId);
	const isPartly = outcome === 'succeeded' && legs.some(({ state }) => state === 'failed');
	// The core declines no withdrawal.
	const end = outcome === 'declined' ? 'failed' : outcome;
	return {
		step: 'result' as const,
		title: titles[end],
		result: {
			outcome: end === 'rejected' || end === 'failed' ? ('declined' as const) : end,
			heading: t(`withdrawal.${isPartly ? 'partly' : end}.heading`),
			lines: linesOf(scene, end, { legs, isPartly }),
			facts: await factsOf(scene, end, legs),
			...viewFarewell(scene, backUrl)
		}
	};
}

type End = Exclude<Outcome, 'declined'>;

const titles = {
	succeeded: 'title.withdrawal_succeeded',
	canceled: 'title.withdrawal_canceled',
	expired: 'title.withdrawal_expired',
	rejected: 'title.rejected',
	failed: 'title.failed'
} as const satisfies Record<End, string>;

interface Legs {
	legs: Leg[];
	isPartly: boolean;
}

function linesOf(scene: Scene, end: End, { legs, isPartly }: Legs): string[] {
	const { payment, session, t, money } = scene;
	const merchant = session.application.merchantName;
	const paid = payment.amount ?? 0;
	const asked = legs.reduce((sum, { amount }) => sum + amount, 0);
	const amount = money(paid);
	switch (end) {
		case 'succeeded':
			if (!isPartly) return [t('withdrawal.succeeded.text', { merchant, amount })];
			return [
				t('withdrawal.partly.text', { merchant, amount, asked: money(asked) }),
				t('withdrawal.partly.rest', { merchant, rest: money(asked - paid) })
			];
		case 'rejected':
			return [
				t('withdrawal.rejected.text', { merchant, amount }),
				t('withdrawal.money_stays', { merchant })
			];
		case 'failed':
			return [
				t('withdrawal.failed.text', { amount }),
				t(`withdrawal.failed.why.${whyOf(payment.reason)}`),
				t('withdrawal.failed.next', { merchant })
			];
		case 'canceled':
		case 'expired':
			return [t(`withdrawal.${end}.text`, { merchant })];
	}
}

function whyOf(reason: string | null) {
	return reason === 'invalid_account' || reason === 'invalid_card' ? reason : 'other';
}

/** Where it went: a line for each part, what was taken off, and when what was sent arrives. */
async function factsOf(scene: Scene, end: End, legs: Leg[]) {
	const { context, payment, t, money } = scene;
	if (end !== 'succeeded' && end !== 'failed') return [];
	const parts = legs.map((leg) => {
		const words = { amount: money(leg.amount), label: ltr(leg.label) };
		const key = leg.state === 'paid' ? 'withdrawal.leg.paid' : 'withdrawal.leg.failed';
		return { term: t('requested.to'), value: t(key, words) };
	});
	if (end === 'failed') return parts;
	const sent = await readPayouts(context.db.read, payment.transactionId);
	const fee = sent.reduce((sum, payout) => sum + payout.fee, 0);
	if (fee > 0) parts.push({ term: t('account.fee'), value: money(fee) });
	for (const { fee: own, arrives, isConverted } of sent) {
		const value = money(arrives.amount, arrives.currency);
		if (own > 0 || isConverted) parts.push({ term: t('account.arrives'), value });
	}
	const takes = await takesOf(scene, legs);
	if (takes) parts.push({ term: t('account.takes'), value: t(`method.takes.${takes}`) });
	return parts;
}
