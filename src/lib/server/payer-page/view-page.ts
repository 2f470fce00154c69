import { brandingStyle } from './branding-style';
import { amountToPay, type AmountProblem } from './choose-amount';
import { factsOf } from './facts-of';
import { stepOf } from './page-step';
import type { Scene } from './scene';
import { pageScript } from './scripts';
import { viewAmount } from './view-amount';
import { viewForm, type Entered } from './view-form';
import { viewAction, viewWaiting } from './view-progress';
import { viewResult } from './view-result';

/** A page as plain data: resolved texts and addresses, for components that know no session. */
export type PageView = Awaited<ReturnType<typeof viewPage>>;

/** A form that was sent and can't be taken: what is wrong, and what may be shown again. */
export interface Refused {
	amount?: AmountProblem;
	card?: Entered;
}

const returnAfterSeconds = 5;
const refreshAfterSeconds = 5;

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
	const hasProblem = refused.card !== undefined || (body.step === 'amount' && body.amount.problem);
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
	const { session, payment, request, now } = scene;
	const step = stepOf(session, payment, now);
	switch (step) {
		case 'form': {
			const amount = refused.amount ?? amountToPay(scene, request.amount);
			if (request.change || typeof amount !== 'number') {
				const problem = typeof amount === 'number' ? null : amount;
				const summary = summaryOf(scene, null);
				return { ...viewAmount(scene, problem), title: 'title.pay' as const, summary };
			}
			const form = await viewForm(scene, amount, refused.card ?? null);
			return { ...form, title: 'title.pay' as const, summary: summaryOf(scene, amount) };
		}
		case 'waiting':
			return { ...viewWaiting(scene), title: 'title.pending' as const };
		case 'action':
			return { ...viewAction(scene), title: 'title.action' as const };
		default:
			return { ...viewResult(scene, step, backUrl), title: `title.${step}` as const };
	}
}

function summaryOf({ session, now, t, money }: Scene, amount: number | null) {
	const texts = Array.from({ length: 10 }, (_, minutes) => t('time.left', { minutes }));
	return {
		heading: t('summary.heading', { merchant: session.application.merchantName }),
		amount: amount === null ? null : money(amount),
		description: session.description,
		timeLeft: { ms: session.expiresAt - now, texts }
	};
}

/** For browsers without script: results arrive, and the way back is taken, by themselves. */
function refreshOf({ session, payment, request, now }: Scene, backUrl: string | null) {
	const step = stepOf(session, payment, now);
	if (step === 'waiting') return { seconds: refreshAfterSeconds, path: '' };
	if (step === 'form' || step === 'action' || request.framed || !backUrl) return null;
	return { seconds: returnAfterSeconds, path: backUrl };
}

function initialOf(name: string, locale: string): string {
	const [first] = new Intl.Segmenter(locale).segment(name.trim());
	return first?.segment.toLocaleUpperCase(locale) ?? '';
}
