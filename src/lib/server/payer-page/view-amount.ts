import { isWithinLimits, limitsText, plainAmount, type AmountProblem } from './choose-amount';
import { highestOf } from './describe-method';
import { pagePath } from './page-request';
import type { Choices } from './read-choices';
import type { Scene } from './scene';

/** The step in which the payer chooses the amount. */
export function viewAmount(scene: Scene, choices: Choices, problem: AmountProblem | null) {
	const { session, payment, request, t, money } = scene;
	const choice = (amount: number, text: string) => ({
		text,
		path: pagePath(request, '', { amount: plainAmount(scene, amount) })
	});
	const before = payment.amount ?? session.amount;
	const presets = session.presetAmounts.filter((amount) => isWithinLimits(scene, amount));
	return {
		step: 'amount' as const,
		amount: {
			path: pagePath(request),
			label: t('amount.label', { currency: session.currency }),
			value: problem ? problem.typed : before === null ? '' : plainAmount(scene, before),
			hint: limitsText(scene, boundsOf(choices)),
			problem: problem?.text ?? null,
			readings: (problem?.readings ?? []).map((amount) =>
				choice(amount, t('amount.reading', { amount: money(amount) }))
			),
			presets:
				presets.length > 0
					? {
							label: t('amount.presets'),
							choices: presets.map((each) => choice(each, money(each)))
						}
					: null,
			next: t('amount.continue')
		},
		cancel: {
			text: t('cancel.button', { merchant: session.application.merchantName }),
			path: pagePath(request, 'cancel')
		}
	};
}

/** What no way to pay takes is told before it is entered: minor units, 0 and Infinity for any. */
function boundsOf({ methods }: Choices) {
	const usable = methods.filter(({ usable }) => usable);
	const lowest = usable.map((method) => method.lowest ?? 0);
	const highest = usable.map((method) => highestOf(method) ?? Infinity);
	return { lowest: Math.min(...lowest), highest: Math.max(...highest) };
}
