import type { KeptInstrument } from '$lib/server/instruments/instrument';
import type { OfferedMethod } from '$lib/server/payments/available-methods';
import { brandName } from './brand-name';
import { mayChooseAmount, plainAmount } from './choose-amount';
import { describeMethod } from './describe-method';
import { pagePath } from './page-request';
import { hasChoice, keptValue, type Choices } from './read-choices';
import type { Scene } from './scene';
import { noticeOf } from './view-notice';

/** The step in which the payer chooses how to pay; without any way to, the reason. */
export function viewMethods(
	scene: Scene,
	choices: Choices,
	{ amount, missing }: { amount: number | null; missing: boolean }
) {
	const { session, request, t } = scene;
	const merchant = session.application.merchantName;
	const change = { text: t('amount.change'), path: pagePath(request, '', { change: '' }) };
	const items = itemsOf(scene, choices);
	const usable = items.some(({ because }) => because === null);
	return {
		step: 'method' as const,
		change: amount !== null && mayChooseAmount(scene) ? change : null,
		notice: noticeOf(scene, choices),
		unavailable: usable ? null : unavailableLines(scene, choices),
		methods: hasChoice(choices)
			? {
					path: pagePath(request),
					amount: amount !== null && mayChooseAmount(scene) ? plainAmount(scene, amount) : null,
					heading: t('method.heading'),
					problem: missing ? t('method.problem.missing') : null,
					choices: items,
					next: t('method.continue'),
					remove: t('method.remove')
				}
			: null,
		cancel: { text: t('cancel.button', { merchant }), path: pagePath(request, 'cancel') }
	};
}

/** What stands in place of a way to pay. */
function unavailableLines(scene: Scene, { methods }: Choices): string[] {
	const { session, t } = scene;
	const merchant = session.application.merchantName;
	const [only] = methods;
	const reason =
		methods.length > 1
			? null
			: only
				? describeMethod(scene, only).because
				: t('method.none.not_set_up', { merchant });
	return [
		t('method.none.heading'),
		...(reason === null ? [] : [reason]),
		t('method.none.next', { merchant })
	];
}

/** "Visa •••• 4242, 12/30". */
export function keptName({ t }: Scene, { brand, last4, expiry }: KeptInstrument): string {
	return t('method.kept', {
		brand: brand === null ? t('method.card') : brandName(brand),
		number: `•••• ${last4}`,
		expiry: `${expiry.slice(5)}/${expiry.slice(2, 4)}`
	});
}

/** Saved cards first, the one used last on top; then every method, in the merchant's order. */
function itemsOf(scene: Scene, { methods, kept }: Choices) {
	const { t } = scene;
	const card = methods.find(({ kind }) => kind === 'card');
	const saved = kept.flatMap((each) => {
		if (!card) return [];
		const name = keptName(scene, each);
		const remove = { value: each.id, label: t('method.remove_named', { name }) };
		return [{ ...itemOf(scene, card), value: keptValue(each), name, remove }];
	});
	const others = methods.map((method) => {
		const item = itemOf(scene, method);
		const isAnother = saved.length > 0 && method === card;
		return isAnother ? { ...item, name: t('method.another_card') } : item;
	});
	const items = [...saved, ...others];
	const first = items.find(({ because }) => because === null);
	return items.map((item) => ({ ...item, chosen: item === first }));
}

function itemOf(scene: Scene, method: OfferedMethod) {
	const { name, details: facts, because } = describeMethod(scene, method);
	const remove: { value: string; label: string } | null = null;
	return { value: method.name, name, facts, because, remove };
}
