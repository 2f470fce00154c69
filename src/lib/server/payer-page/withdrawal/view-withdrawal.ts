import { quoteLegs } from '$lib/server/payments/quote-legs';
import { amountToPay, mayChooseAmount, plainAmount, type AmountProblem } from '../choose-amount';
import { describeMethod } from '../describe-method';
import { pagePath } from '../page-request';
import { isResult, type Step } from '../page-step';
import { readChoices, type Choices } from '../read-choices';
import type { Scene } from '../scene';
import { timeLeft } from '../time-left';
import { viewAmount } from '../view-amount';
import type { Refused } from '../view-page';
import { barrierOf, readSituation, type Situation } from './read-situation';
import { testAccountsOf } from './test-accounts';
import { viewAccount } from './view-account';
import { ltr, viewConfirm } from './view-confirm';
import { viewEnd } from './view-end';
import { viewRequests } from './view-requests';
import { viewStanding } from './view-standing';

/** The page of a withdrawal as it stands. A draft is a form that was taken and waits for a yes. */
export async function viewWithdrawal(
	scene: Scene,
	step: Step,
	backUrl: string | null,
	refused: Refused
) {
	if (isResult(step)) return viewEnd(scene, step, backUrl);
	if (step !== 'form') return viewStanding(scene, step, backUrl);
	const { session, t } = scene;
	const body = await viewForm(scene, refused);
	const merchant = session.application.merchantName;
	const cancel = {
		text: t('cancel.button', { merchant }),
		path: pagePath(scene.request, 'cancel')
	};
	const isConfirmed = body.show === 'confirm';
	return {
		step: 'withdrawal' as const,
		title: isConfirmed ? ('title.withdrawal_confirm' as const) : ('title.withdraw' as const),
		withdrawal: {
			...body,
			notice: Object.keys(refused).length > 0 ? null : noticeOf(scene),
			requests: isConfirmed ? null : await viewRequests(scene),
			cancel
		}
	};
}

async function viewForm(scene: Scene, refused: Refused) {
	const { request, context, payment } = scene;
	const amount = refused.amount ?? amountToPay(scene, request.amount);
	if (request.change || typeof amount !== 'number') {
		return viewChoice(scene, typeof amount === 'number' ? null : amount);
	}
	const summary = summaryOf(scene, amount);
	const quoted = refused.draft && (await quoteLegs(context, payment, refused.draft.legs));
	if (quoted) return { show: 'confirm' as const, summary, form: await viewConfirm(scene, quoted) };
	const situation = await readSituation(scene, amount, request.method);
	const { plan, barrier, method } = situation;
	if (plan.blocked > 0) {
		return { show: 'none' as const, summary, lines: blockedLines(scene, plan.blocked) };
	}
	const split = splitOf(scene, situation);
	if (barrier === null && plan.rest === 0) {
		const back = await quoteLegs(context, payment, plan.origins);
		if (back) return { show: 'confirm' as const, summary, form: await viewConfirm(scene, back) };
	}
	if (method) {
		const form = await viewAccount(scene, situation, method, refused.account ?? null);
		const testAccounts = testAccountsOf(scene, method);
		return { show: 'account' as const, summary, split, form, testAccounts };
	}
	const isHopeless = barrier !== null || plan.rest === 0 || situation.choices.methods.length < 2;
	if (isHopeless)
		return { show: 'none' as const, summary, lines: hopelessLines(scene, situation.choices) };
	const form = viewMethods(scene, situation, refused.method === 'missing');
	return { show: 'method' as const, summary, split, form };
}

/** The choice of the amount, where there is any way to get it. */
async function viewChoice(scene: Scene, problem: AmountProblem | null) {
	const choices = await readChoices(scene, null);
	const summary = summaryOf(scene, null);
	if (!choices.methods.some(({ usable }) => usable)) {
		const lines = hopelessLines(scene, choices);
		return { show: 'none' as const, summary, lines };
	}
	const { amount: form } = viewAmount(scene, choices, problem);
	return { show: 'amount' as const, summary, form };
}

function summaryOf(scene: Scene, amount: number | null) {
	const { session, request, t, money } = scene;
	const change = { text: t('amount.change'), path: pagePath(request, '', { change: '' }) };
	return {
		heading: t('withdrawal.heading', { merchant: session.application.merchantName }),
		amount: amount === null ? null : money(amount),
		description: session.description,
		timeLeft: timeLeft(scene),
		change: amount !== null && mayChooseAmount(scene) ? change : null
	};
}

/** What goes back to cards in any case; null: nothing. */
function splitOf({ t, money }: Scene, { plan }: Situation) {
	if (plan.origins.length === 0) return null;
	const parts = plan.origins.map(({ amount, label }) =>
		t('split.part', { amount: money(amount), label: ltr(label) })
	);
	return { tone: 'plain' as const, lines: [t('split.heading'), t('split.why'), ...parts] };
}

/** Part of it must go back to cards, and cannot now. */
function blockedLines({ session, t, money }: Scene, blocked: number): string[] {
	const merchant = session.application.merchantName;
	return [
		t('split.blocked.heading'),
		t('split.blocked.why', { amount: money(blocked), merchant }),
		t('split.blocked.next')
	];
}

function viewMethods(scene: Scene, situation: Situation, isMissing: boolean) {
	const { request, t, money } = scene;
	const { amount, plan, choices } = situation;
	const first = choices.methods.find(({ usable }) => usable);
	const isRest = plan.origins.length > 0;
	return {
		path: pagePath(request, '', { amount: plainAmount(scene, amount) }),
		heading: isRest ? t('payout.heading_rest', { amount: money(plan.rest) }) : t('payout.heading'),
		problem: isMissing ? t('payout.problem.missing') : null,
		choices: choices.methods.map((method) => {
			const { name, details: facts, because } = describeMethod(scene, method);
			return { value: method.name, name, facts, because, chosen: method === first };
		}),
		next: t('method.continue')
	};
}

/** Why nothing can be withdrawn now, once for all methods. */
function hopelessLines(scene: Scene, { methods }: Choices): string[] {
	const { session, t } = scene;
	const merchant = session.application.merchantName;
	const [only] = methods;
	if (barrierOf(methods) === 'not_verified') {
		return [t('payout.unverified.heading'), t('payout.unverified.text', { merchant })];
	}
	const because = only ? describeMethod(scene, only).because : null;
	return [
		t('payout.none.heading'),
		because ?? (only ? t('method.because.off') : t('method.none.not_set_up', { merchant })),
		t('payout.none.next', { merchant })
	];
}

/** What a form before this page came to. */
function noticeOf({ session, request, t }: Scene) {
	const merchant = session.application.merchantName;
	const name = request.withdrawalNotice;
	if (name === null) return null;
	const tone = name === 'canceled' ? ('plain' as const) : ('warning' as const);
	const lines = [t(`withdrawal.notice.${name}`, { merchant })];
	if (name === 'not_covered') lines.push(t('withdrawal.notice.not_covered_next'));
	return { tone, lines };
}
