import type { Attempt, ProviderAction } from '$lib/server/payments/payment';
import { methodName } from './describe-method';
import { pagePath } from './page-request';
import { hasChoice, readChoices } from './read-choices';
import type { Scene } from './scene';
import { viewInstructions } from './view-instructions';
import type { NoticeView } from './view-notice';

/** What stands around every step that is taken elsewhere. */
export interface Elsewhere {
	/** The method's name. */
	name: string;
	notice: NoticeView | null;
	cancel: { text: string; path: string };
	/** Calls this off, so that another way to pay can be taken; null where there is none. */
	other: { text: string; path: string } | null;
}

/** The payer has something to do at the bank or provider. */
export async function viewAction(
	scene: Scene,
	attempt: Attempt,
	action: ProviderAction,
	backUrl: string | null
) {
	const title = 'title.action' as const;
	const around = await viewAround(scene, attempt);
	if (action.type === 'instructions') {
		return { ...viewInstructions(scene, { attempt, action, around, backUrl }), title };
	}
	const words = action.type === 'challenge' ? challenge : redirect;
	const { notice, cancel, other } = around;
	return {
		step: 'action' as const,
		title,
		notice,
		action: {
			...words(scene, attempt, around),
			url: action.url,
			framed: action.type === 'challenge',
			cancel,
			other: action.type === 'challenge' ? null : other
		}
	};
}

async function viewAround(scene: Scene, attempt: Attempt): Promise<Elsewhere> {
	const { payment, request, t } = scene;
	const choices = await readChoices(scene, payment.amount);
	const offer = choices.methods.find(({ name }) => name === attempt.method);
	const mayChoose = !payment.oneShot && hasChoice(choices);
	const isStuck = request.notice === 'not_called_off';
	return {
		name: methodName(scene, offer ?? attempt),
		notice: isStuck ? { tone: 'warning', lines: [t('notice.not_called_off')] } : null,
		cancel: { text: t('action.cancel'), path: pagePath(request, 'cancel') },
		other: mayChoose ? { text: t('method.other'), path: pagePath(request, 'other-way') } : null
	};
}

function challenge({ t, money }: Scene, { amount, currency }: Attempt) {
	return {
		heading: t('action.heading', { amount: money(amount, currency) }),
		lines: [t('action.explanation'), t('action.means'), t('action.time')],
		next: t('action.continue'),
		dialog: {
			label: t('action.dialog'),
			close: t('action.close'),
			notShown: t('action.not_shown')
		},
		question: { text: t('action.cancel_question'), keep: t('action.keep') }
	};
}

function redirect({ t, money }: Scene, { amount, currency }: Attempt, { name }: Elsewhere) {
	return {
		heading: t('redirect.heading', { amount: money(amount, currency), name }),
		lines: [t('redirect.explanation', { name }), t('redirect.time')],
		next: t('redirect.open', { name }),
		dialog: null,
		question: null
	};
}
