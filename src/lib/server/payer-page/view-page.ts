import type { Locale } from '$lib/i18n/locales';
import type { WithdrawalDraft } from '$lib/server/payments/withdrawal-draft';
import { brandingStyle } from './branding-style';
import { factsOf } from './facts-of';
import { isResult, stepOf } from './page-step';
import type { Scene } from './scene';
import { pageScript } from './scripts';
import { viewPayment, type RefusedPayment } from './view-payment';
import { viewAction } from './view-action';
import { viewWaiting } from './view-progress';
import { viewResult } from './view-result';
import type { EnteredAccount } from './withdrawal/view-account';
import { viewWithdrawal } from './withdrawal/view-withdrawal';

/** A page as plain data: resolved texts and addresses, for components that know no session. */
export type PageView = Awaited<ReturnType<typeof viewPage>>;

/** A form that was sent and can't be taken: what is wrong, and what may be shown again. */
export interface Refused extends RefusedPayment {
	account?: EnteredAccount;
	/** Nothing is wrong with it: it waits for the payer's yes. */
	draft?: WithdrawalDraft;
}

const refreshAfterSeconds = 5;
/** While the merchant is told how it ended. */
const heldSeconds = 1;

/**
 * The page of a session as it stands: a function of its state, the address and the moment. Nothing
 * is written. `backUrl` is the
 * signed address back to the merchant for this state.
 */
export async function viewPage(scene: Scene, backUrl: string | null, refused: Refused = {}) {
	const { session, request, t } = scene;
	const body = await viewBody(scene, backUrl, refused);
	const { merchantName, branding } = session.application;
	const title = t(body.title, { merchant: merchantName });
	const isWrong = body.step === 'amount' && body.amount.problem !== null;
	const hasProblem = isWrong || (Object.keys(refused).length > 0 && !refused.draft);
	return {
		...body,
		title: hasProblem ? t('title.with_problem', { title }) : title,
		merchant: {
			name: merchantName,
			logo: branding.logo ?? null,
			initial: initialOf(merchantName, request.locale)
		},
		testMark: session.mode === 'test' ? t('test.mark') : null,
		framed: request.framed,
		branding: brandingStyle(branding),
		script: pageScript()?.path ?? null,
		refresh: refreshOf(scene, backUrl),
		facts: factsOf(scene, backUrl)
	};
}

async function viewBody(scene: Scene, backUrl: string | null, refused: Refused) {
	const { session, payment, now } = scene;
	const step = stepOf(session, payment, now);
	if (session.intent === 'withdrawal') {
		return viewWithdrawal(scene, step, backUrl, refused);
	}
	const { attempt } = payment;
	switch (step) {
		case 'form':
			return viewPayment(scene, refused);
		case 'action':
			if (attempt?.action) return viewAction(scene, attempt, attempt.action, backUrl);
			return viewWaiting(scene);
		case 'waiting':
			return viewWaiting(scene);
		case 'succeeded':
		case 'declined':
		case 'canceled':
		case 'expired':
			return viewResult(scene, step, backUrl);
		default:
			throw new Error(`A deposit is never ${step}`);
	}
}

/** For browsers without script: results arrive, and the way back is taken, by themselves. */
function refreshOf({ session, payment, request, now, barrier }: Scene, backUrl: string | null) {
	const step = stepOf(session, payment, now);
	// A payout may take days, and a merchant's decision too.
	const isSlow = session.intent === 'withdrawal';
	if (step === 'waiting') return { seconds: isSlow ? 30 : refreshAfterSeconds, path: '' };
	if (barrier.opensInMs !== null) return { seconds: heldSeconds, path: '' };
	if (!isResult(step) || request.framed || !backUrl) return null;
	// Who came from the merchant's own form expects to be there again.
	return { seconds: Math.ceil(barrier.leaveAfterMs / 1000), path: backUrl };
}

/** Making one costs more than asking it. */
const segmenters = new Map<Locale, Intl.Segmenter>();

function initialOf(name: string, locale: Locale): string {
	let segmenter = segmenters.get(locale);
	if (!segmenter) segmenters.set(locale, (segmenter = new Intl.Segmenter(locale)));
	const [first] = segmenter.segment(name.trim());
	return first?.segment.toLocaleUpperCase(locale) ?? '';
}
