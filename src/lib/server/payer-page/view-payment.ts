import type { AmountProblem } from './choose-amount';
import { amountToPay } from './choose-amount';
import { chosenOf, readChoices } from './read-choices';
import type { Scene } from './scene';
import { timeLeft } from './time-left';
import { viewAmount } from './view-amount';
import { quoteFor, viewForm, type RefusedForm } from './view-form';
import { viewMethods } from './view-methods';

/** A form of a deposit that was sent and can't be taken: what is wrong, and what may be shown. */
export interface RefusedPayment {
	amount?: AmountProblem;
	/** No way to pay was chosen. */
	method?: 'missing';
	form?: RefusedForm;
}

/** The steps of a deposit that is still to be made: the amount, how to pay, and the form for it. */
export async function viewPayment(scene: Scene, refused: RefusedPayment) {
	const { request } = scene;
	const title = 'title.pay' as const;
	const amount = refused.amount ?? amountToPay(scene, request.amount);
	if (request.change || typeof amount !== 'number') {
		const problem = typeof amount === 'number' ? null : amount;
		const choices = await readChoices(scene, null);
		const hasWay = choices.methods.some(({ usable }) => usable);
		const body = hasWay
			? viewAmount(scene, choices, problem)
			: viewMethods(scene, choices, { amount: null, missing: false });
		return { ...body, title, summary: summaryOf(scene, null) };
	}
	const choices = await readChoices(scene, amount);
	const chosen = chosenOf(choices, refused.form?.method ?? request.method);
	const summary = summaryOf(scene, amount);
	const quoted = chosen && (refused.form?.quoted ?? (await quoteFor(scene, chosen, amount)));
	if (chosen && quoted && !refused.method) {
		const shown = { choices, chosen, amount, quoted, refused: refused.form ?? null };
		return { ...viewForm(scene, shown), title, summary };
	}
	const missing = refused.method === 'missing';
	return { ...viewMethods(scene, choices, { amount, missing }), title, summary };
}

function summaryOf(scene: Scene, amount: number | null) {
	const { session, t, money } = scene;
	return {
		heading: t('summary.heading', { merchant: session.application.merchantName }),
		amount: amount === null ? null : money(amount),
		description: session.description,
		timeLeft: timeLeft(scene)
	};
}
