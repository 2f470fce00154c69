import cardValidator from 'card-validator';
import type { MessageKey } from '$lib/i18n/messages/en';
import { attemptKey } from '$lib/server/payments/attempt-key';
import { availableMethods } from '$lib/server/payments/available-methods';
import { mayChooseAmount, plainAmount } from './choose-amount';
import { declineLines } from './decline-lines';
import { pagePath } from './page-request';
import { holdsCardNumber, type CardProblems, type TypedCard } from './read-card';
import type { Scene } from './scene';
import { testCardsOf } from './test-cards';

/** What came with a form that can't be sent on. The number and the code are never in it. */
export interface Entered {
	problems: CardProblems;
	expiry: string;
	name: string;
}

export function enteredOf(typed: TypedCard, problems: CardProblems): Entered {
	const shown = (text: string) => (text.length > 200 || holdsCardNumber(text) ? '' : text);
	return { problems, expiry: shown(typed.expiry), name: shown(typed.name) };
}

/** What a session can be paid with now; undefined: nothing. */
export async function cardMethod({ context, session }: Scene) {
	const { application, mode, methods } = session;
	const wanted = { merchantId: application.merchantId, mode, methods };
	const offered = await availableMethods(context, wanted);
	return offered.find(({ name }) => name === 'card');
}

/** The card form, or why there is none. */
export async function viewForm(scene: Scene, amount: number, entered: Entered | null) {
	const { session, request, t } = scene;
	const method = await cardMethod(scene);
	const merchant = session.application.merchantName;
	const change = { text: t('amount.change'), path: pagePath(request, '', { change: '' }) };
	return {
		step: 'form' as const,
		change: mayChooseAmount(scene) ? change : null,
		notice: noticeOf(scene, entered),
		card: method ? cardForm(scene, amount, method.brands, entered) : null,
		unavailable: method
			? null
			: [
					t('method.none.heading'),
					t('method.none.not_set_up', { merchant }),
					t('method.none.next', { merchant })
				],
		testCards: session.mode === 'test' ? testCardsOf(t) : null,
		cancel: { text: t('cancel.button', { merchant }), path: pagePath(request, 'cancel') }
	};
}

/** What happened before this form: a try that was declined, or a form that was out of date. */
function noticeOf({ payment, request, session, t }: Scene, entered: Entered | null) {
	if (entered) return null;
	if (request.stale) return { tone: 'warning' as const, lines: [t('form.stale')] };
	const { attempt } = payment;
	if (attempt?.state !== 'declined' && attempt?.state !== 'canceled') return null;
	const reason = attempt.reason ?? payment.reason;
	const lines = declineLines(t, reason, session.application.merchantName);
	return { tone: 'danger' as const, lines: [t('title.declined'), ...lines] };
}

function cardForm(scene: Scene, amount: number, brands: string[], entered: Entered | null) {
	const { context, payment, request, t, money } = scene;
	const problems: CardProblems = entered?.problems ?? {};
	const problemOf = (field: keyof TypedCard) => {
		const key = problems[field];
		return key === undefined ? null : t(key);
	};
	const fields = ['number', 'expiry', 'code', 'name'] as const;
	const pay = t('card.pay', { amount: money(amount) });
	const names = brands.map(brandName);
	return {
		path: pagePath(request),
		now: scene.now,
		attemptKey: attemptKey(context, payment.transactionId, payment.tries + 1),
		amount: mayChooseAmount(scene) ? plainAmount(scene, amount) : null,
		heading: t('card.heading'),
		problemHeading: t('form.problem_heading'),
		problems: fields.flatMap((id) => {
			const text = problemOf(id);
			return text === null ? [] : [{ id, text }];
		}),
		retype: entered ? t('card.retype') : null,
		marks: {
			text: t('card.accepted', { brands: listOf(names, request.locale) }),
			brands: brands.map((name) => ({ name, short: shortNames[name] ?? brandName(name) }))
		},
		number: { label: t('card.number.label'), problem: problemOf('number') },
		expiry: {
			label: t('card.expiry.label'),
			hint: t('card.expiry.hint'),
			placeholder: t('card.expiry.placeholder'),
			problem: problemOf('expiry'),
			value: entered?.expiry ?? ''
		},
		code: {
			label: t('card.code.label'),
			hint: t(brands.includes('american-express') ? 'card.code.hint_any' : 'card.code.hint'),
			problem: problemOf('code')
		},
		name: {
			label: t('card.name.label'),
			problem: problemOf('name'),
			value: entered?.name ?? ''
		},
		pay,
		texts: Object.fromEntries(scriptKeys.map((key) => [key, t(key)]))
	};
}

/** What the page's script may have to say. */
const scriptKeys = [
	'card.number.problem.missing',
	'card.number.problem.incomplete',
	'card.number.problem.too_long',
	'card.number.problem.invalid',
	'card.number.problem.unsupported',
	'card.expiry.problem.missing',
	'card.expiry.problem.incomplete',
	'card.expiry.problem.impossible',
	'card.expiry.problem.expired',
	'card.code.hint',
	'card.code.hint_4',
	'card.code.problem.missing',
	'card.code.problem.length_3',
	'card.code.problem.length_4',
	'card.name.problem.missing',
	'card.name.problem.card_number',
	'card.paying',
	'form.offline'
] as const satisfies readonly MessageKey[];

const shortNames: Record<string, string> = {
	visa: 'VISA',
	mastercard: 'MC',
	'american-express': 'AMEX',
	'diners-club': 'DC',
	discover: 'DISC',
	jcb: 'JCB',
	unionpay: 'UP',
	maestro: 'MAES'
};

/** "Visa" for card-validator's "visa". */
export function brandName(name: string): string {
	return cardValidator.creditCardType.getTypeInfo(name)?.niceType ?? name;
}

function listOf(names: string[], locale: string): string {
	return new Intl.ListFormat(locale, { type: 'unit' }).format(names);
}
