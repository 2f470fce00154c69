import type { Locale } from '$lib/i18n/locales';
import type { MessageKey } from '$lib/i18n/messages/en';
import { brandName } from './brand-name';
import { keeperOf } from './read-choices';
import { holdsCardNumber, type CardProblems, type TypedCard } from './read-card';
import type { Scene } from './scene';

/** What came with a card that can't be sent on. The number and the code are never in it. */
export interface Entered {
	problems: CardProblems;
	expiry: string;
	name: string;
	keep: boolean;
}

export function enteredOf(typed: TypedCard, problems: CardProblems, keep: boolean): Entered {
	const shown = (text: string) => (text.length > 200 || holdsCardNumber(text) ? '' : text);
	return { problems, expiry: shown(typed.expiry), name: shown(typed.name), keep };
}

/** The fields of the card form. */
export function cardFields(scene: Scene, brands: string[], entered: Entered | null) {
	const { request, t } = scene;
	const problems: CardProblems = entered?.problems ?? {};
	const problemOf = (field: keyof TypedCard) => {
		const key = problems[field];
		return key === undefined ? null : t(key);
	};
	const ids = ['number', 'expiry', 'code', 'name'] as const;
	const keep = {
		label: t('card.keep.label'),
		hint: t('card.keep.hint'),
		checked: entered?.keep ?? false
	};
	return {
		problems: ids.flatMap((id) => {
			const text = problemOf(id);
			return text === null ? [] : [{ id, text }];
		}),
		marks: {
			text: t('card.accepted', { brands: listOf(brands.map(brandName), request.locale) }),
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
		keep: keeperOf(scene) ? keep : null
	};
}

/** What the page's script may have to say of a card. */
export const cardScriptKeys = [
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
	'card.name.problem.card_number'
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

/** Making one costs more than asking it. */
const listFormats = new Map<Locale, Intl.ListFormat>();

function listOf(names: string[], locale: Locale): string {
	let format = listFormats.get(locale);
	if (!format) listFormats.set(locale, (format = new Intl.ListFormat(locale, { type: 'unit' })));
	return format.format(names);
}
