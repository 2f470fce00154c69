import type { OfferedMethod } from '$lib/server/payments/available-methods';
import { readCustomer } from '$lib/server/sessions/read-customer';
import { brandName } from '../brand-name';
import type { Scene } from '../scene';
import { countries, usesIban } from './local-account';
import type { TypedAccount } from './read-account';
import type { EnteredAccount } from './view-account';

/** A field as its component takes it. */
export interface FieldView {
	name: keyof TypedAccount;
	label: string;
	hint: string | null;
	problem: string | null;
	value: string;
	/** Of a list to choose from; null: it is typed. */
	options: { value: string; text: string }[] | null;
	attributes: Attributes;
}

/** How it is typed, for phones and for browsers that fill forms. */
interface Attributes {
	type?: 'text' | 'tel';
	dir?: 'ltr';
	inputmode?: 'numeric' | 'email';
	autocomplete?: 'off' | 'name' | 'email' | 'tel' | 'cc-number' | 'cc-exp';
	autocapitalize?: 'characters' | 'words' | 'none';
}

interface Words {
	label: string;
	hint?: string;
	/** What it starts with. */
	value?: string;
	options?: FieldView['options'];
}

type MakeField = (name: keyof TypedAccount, attributes: Attributes, words: Words) => FieldView;

/** The fields that name an account of a method's kind. */
export async function accountFields(
	scene: Scene,
	method: OfferedMethod,
	entered: EnteredAccount | null
): Promise<FieldView[]> {
	const field: MakeField = (name, attributes, { label, hint, value, options }) => {
		const problem = entered?.problems[name];
		const before = name === 'number' ? '' : entered?.typed[name];
		return {
			name,
			label,
			hint: hint ?? null,
			problem: problem ? scene.t(problem) : null,
			value: before ?? value ?? '',
			options: options ?? null,
			attributes: { type: 'text', ...attributes }
		};
	};
	switch (method.kind) {
		case 'card_payout':
			return cardFields(scene, method, field);
		case 'wallet_payout':
			return [walletField(scene, method, field)];
		case 'phone_payout':
			return [phoneField(scene, field)];
		default:
			return bankFields(scene, entered, field);
	}
}

function cardFields({ request, t }: Scene, { brands }: OfferedMethod, field: MakeField) {
	const digits = { dir: 'ltr', inputmode: 'numeric' } as const;
	const names = new Intl.ListFormat(request.locale, { type: 'unit' }).format(brands.map(brandName));
	const number = { label: t('card.number.label'), hint: t('card.accepted', { brands: names }) };
	const expiry = { label: t('card.expiry.label'), hint: t('card.expiry.hint') };
	return [
		field('number', { ...digits, autocomplete: 'cc-number' }, number),
		field('expiry', { ...digits, autocomplete: 'cc-exp' }, expiry)
	];
}

function walletField({ t }: Scene, { label: wallet }: OfferedMethod, field: MakeField) {
	const label = wallet ? t('account.wallet.label_named', { wallet }) : t('account.wallet.label');
	const email = { inputmode: 'email', autocomplete: 'email', autocapitalize: 'none' } as const;
	return field('wallet', { ...email, dir: 'ltr' }, { label });
}

function phoneField({ t }: Scene, field: MakeField) {
	const words = { label: t('account.phone.label'), hint: t('account.phone.hint') };
	return field('phone', { type: 'tel', dir: 'ltr', autocomplete: 'tel' }, words);
}

async function bankFields(scene: Scene, entered: EnteredAccount | null, field: MakeField) {
	const { context, session, request, t } = scene;
	const { name } = await readCustomer(context, session.id);
	const account = { dir: 'ltr', autocomplete: 'off', autocapitalize: 'characters' } as const;
	const holder = field(
		'holder',
		{ autocomplete: 'name', autocapitalize: 'words' },
		{ label: t('account.holder.label'), hint: t('account.holder.hint'), value: name }
	);
	if (accountWay(scene) === 'iban') {
		const words = { label: t('account.iban.label'), hint: t('account.iban.hint') };
		return [field('iban', account, words), holder];
	}
	const home = session.payer.country ?? homes[session.currency] ?? '';
	const country = entered?.typed.country || home;
	const choose = { value: '', text: t('account.country.choose') };
	const options = [choose, ...countryNames(request.locale)];
	const named = namedCodes.find((code) => code === country);
	const bankCode = named ? t(`account.bank_code.${named}`) : t('account.bank_code.label');
	return [
		field('country', {}, { label: t('account.country.label'), value: country, options }),
		field('bank_code', account, { label: bankCode }),
		field('account_number', account, { label: t('account.account_number.label') }),
		holder
	];
}

/** Countries whose people have a name of their own for the bank's code. */
const namedCodes = ['US', 'GB', 'AU', 'CA', 'IN'] as const;

/** Where a currency is at home, if people there don't use IBANs. */
const homes: Record<string, string> = {
	USD: 'US',
	GBP: 'GB',
	AUD: 'AU',
	CAD: 'CA',
	INR: 'IN',
	JPY: 'JP',
	NZD: 'NZ',
	SGD: 'SG',
	ZAR: 'ZA'
};

/** How a payer names a bank account: as they asked, else as people of their country do. */
export function accountWay({ session, request }: Scene): 'iban' | 'local' {
	const country = session.payer.country ?? homes[session.currency];
	const usual = country === undefined || usesIban(country) ? 'iban' : 'local';
	return request.account ?? usual;
}

const namesByLocale = new Map<string, { value: string; text: string }[]>();

function countryNames(locale: string): { value: string; text: string }[] {
	const known = namesByLocale.get(locale);
	if (known) return known;
	const names = new Intl.DisplayNames(locale, { type: 'region' });
	const list = countries.map((code) => ({ value: code, text: names.of(code) ?? code }));
	list.sort((one, other) => one.text.localeCompare(other.text, locale));
	namesByLocale.set(locale, list);
	return list;
}
