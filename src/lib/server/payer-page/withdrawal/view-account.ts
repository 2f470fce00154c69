import type { OfferedMethod } from '$lib/server/payments/available-methods';
import type { MessageKey } from '$lib/i18n/messages/en';
import { plainAmount } from '../choose-amount';
import { describeMethod } from '../describe-method';
import { pagePath } from '../page-request';
import { holdsCardNumber } from '../read-card';
import type { Scene } from '../scene';
import { accountFields, accountWay } from './account-fields';
import type { AccountProblems, TypedAccount } from './read-account';
import type { Situation } from './read-situation';

/** What came with an account form that can't be taken. A card's number is never in it. */
export interface EnteredAccount {
	problems: AccountProblems;
	typed: Partial<Omit<TypedAccount, 'number'>>;
	/** What is not about one field. */
	fault: MessageKey | null;
}

const shownAgain = [
	'country',
	'bank_code',
	'account_number',
	'holder',
	'wallet',
	'phone',
	'expiry'
] as const;

export function enteredAccount(
	account: TypedAccount,
	problems: AccountProblems,
	fault: MessageKey | null = null
): EnteredAccount {
	// An IBAN may look like a card number and is none; anything else that does isn't sent back.
	const iban = /^\s*[A-Za-z]{2}\s?\d/.test(account.iban) ? account.iban : '';
	const typed: EnteredAccount['typed'] = { iban };
	for (const name of shownAgain) {
		const text = account[name];
		typed[name] = text.length > 200 || holdsCardNumber(text) ? '' : text;
	}
	return { problems, typed, fault };
}

/** The form for the account that the rest of a withdrawal goes to. */
export async function viewAccount(
	scene: Scene,
	{ amount, plan, choices }: Situation,
	method: OfferedMethod,
	entered: EnteredAccount | null
) {
	const { request, t, money } = scene;
	const fields = await accountFields(scene, method, entered);
	const kind = headings[method.kind] ?? 'bank';
	const isOnly = choices.methods.length === 1;
	const here = { amount: plainAmount(scene, amount), method: method.name };
	return {
		path: pagePath(request, '', { ...here, ...(request.account && { account: request.account }) }),
		heading: t(`account.heading.${kind}`),
		details: [
			...(plan.origins.length > 0 ? [money(plan.rest)] : []),
			...describeMethod(scene, method).details
		].join(' · '),
		fault: entered?.fault ? t(entered.fault) : null,
		retype: entered && method.kind === 'card_payout' ? t('account.card_retype') : null,
		problemHeading: t('form.problem_heading'),
		fields,
		problems: fields.flatMap(({ name, problem }) => (problem ? [{ id: name, text: problem }] : [])),
		next: t('account.next'),
		links: [
			...bankLinks(scene, here, method),
			...(isOnly
				? []
				: [{ text: t('payout.other'), path: pagePath(request, '', { amount: here.amount }) }])
		]
	};
}

const headings: Partial<Record<OfferedMethod['kind'], 'bank' | 'card' | 'wallet' | 'phone'>> = {
	bank_payout: 'bank',
	card_payout: 'card',
	wallet_payout: 'wallet',
	phone_payout: 'phone'
};

function bankLinks(scene: Scene, here: Record<string, string>, { kind }: OfferedMethod) {
	if (kind !== 'bank_payout') return [];
	const other = accountWay(scene) === 'iban' ? 'local' : 'iban';
	return [
		{
			text: scene.t(`account.use_${other}`),
			path: pagePath(scene.request, '', { ...here, account: other })
		}
	];
}
