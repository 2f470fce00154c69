/** What a visitor of the demo shop can choose; the first of each list is chosen at the start. */
export const apis = ['cashier', 'charges', 'checkout'] as const;
/** Of the Cashier API; the others have one way, which is the first. */
export const ways = ['deposit', 'withdrawal', 'card', 'wallet'] as const;
export const currencies = ['EUR', 'GBP', 'USD', 'CHF', 'YER'] as const;
const amounts = ['25.00', '10.05', '60.00', '120.00'] as const;
/** For charges, amounts that are whole in the rial as well. */
const wholeAmounts = ['25', '60', '120', '2000'] as const;
const credentials = ['token', 'oauth'] as const;
const methods = ['all', 'card'] as const;
const readers = ['reader-1042', 'reader-2077', 'new'] as const;
const rules = ['standard', 'cascade'] as const;
const locales = ['auto', 'en', 'ar'] as const;
const themes = ['auto', 'light', 'dark'] as const;
const places = ['frame', 'dialog', 'page'] as const;

/** Cards for the shop's own form, by what the make-believe acquirer does with them. */
export const cards = [
	{ number: '4242 4242 4242 4242', does: 'approved' },
	{ number: '4000 0000 0000 3220', does: '3-D Secure' },
	{ number: '4000 0000 0000 9995', does: 'not enough money' },
	{ number: '4000 0000 0000 5019', does: 'charged, but the answer is lost' },
	{ number: '4242 4242 4242 4241', does: 'mistyped' }
] as const;

const cardNumbers = cards.map(({ number }) => number);

export interface Choices {
	/** Which API the shop speaks. */
	api: (typeof apis)[number];
	/** What is tried out, and so which call the shop makes. */
	way: (typeof ways)[number];
	/** As typed: what is no amount is the API's to refuse. Empty: left to the payer. */
	amount: string;
	/** Whether the payer may choose another amount. */
	editable: boolean;
	currency: (typeof currencies)[number];
	/** What the payer can pay by. */
	methods: (typeof methods)[number];
	/** Who has signed in to the shop; `new`: somebody who never was here. */
	reader: (typeof readers)[number];
	/** The shop's own card form. */
	card: (typeof cardNumbers)[number];
	/** `MM/YYYY`, as typed. */
	expiry: string;
	code: string;
	/** What the shop proves itself with in the Checkout API. */
	credential: (typeof credentials)[number];
	/** The set of rules that the call names; `standard` names none. */
	rules: (typeof rules)[number];
	/** `auto`: the browser's. */
	locale: (typeof locales)[number];
	theme: (typeof themes)[number];
	/** How the payment page is shown. */
	place: (typeof places)[number];
}

const LONGEST_AMOUNT = 32;
const LONGEST_CARD_FIELD = 8;

/** Reads the shop's form or the query of its address; what is missing or unknown is the first. */
export function readChoices(fields: Pick<URLSearchParams, 'get'> | FormData): Choices {
	const api = oneOf(apis, text(fields, 'api'));
	const isCashier = api === 'cashier';
	const preset = text(fields, 'amount');
	const other = text(fields, 'other').trim().slice(0, LONGEST_AMOUNT);
	return {
		api,
		way: isCashier ? oneOf(ways, text(fields, 'way')) : ways[0],
		amount: preset === 'other' ? other : oneOf(presetsOf(api), preset),
		editable: text(fields, 'editable') === 'yes',
		currency: oneOf(currencies, text(fields, 'currency')),
		methods: oneOf(methods, text(fields, 'methods')),
		reader: oneOf(readers, text(fields, 'reader')),
		card: cardNumbers.find((number) => number === text(fields, 'card')) ?? cards[0].number,
		expiry: typed(fields, 'expiry', `12/${new Date().getUTCFullYear() + 4}`),
		code: typed(fields, 'code', '123'),
		credential: oneOf(credentials, text(fields, 'credential')),
		rules: oneOf(rules, text(fields, 'rules')),
		locale: oneOf(locales, text(fields, 'locale')),
		theme: oneOf(themes, text(fields, 'theme')),
		// The element shows sessions of the Cashier API; the others lead to a page by its address.
		place: isCashier ? oneOf(places, text(fields, 'place')) : 'page'
	};
}

/** The amounts that an API's form offers. */
export function presetsOf(api: Choices['api']): typeof amounts | typeof wholeAmounts {
	return api === 'charges' ? wholeAmounts : amounts;
}

/**
 * The choices as a query of the shop's address, so that a visitor can start again from them. What
 * belongs to a card is never part of an address; the number is a published one.
 */
export function queryOf(choices: Choices): string {
	const { api, amount, editable } = choices;
	const isPreset = presetsOf(api).some((preset) => preset === amount);
	const query = new URLSearchParams({
		...choices,
		...(isPreset ? { amount } : { amount: 'other', other: amount }),
		editable: editable ? 'yes' : 'no'
	});
	query.delete('expiry');
	query.delete('code');
	return query.toString();
}

function text(fields: Pick<URLSearchParams, 'get'> | FormData, name: string): string {
	const value = fields.get(name);
	return typeof value === 'string' ? value : '';
}

/** What a field holds, or how it is filled in at first. */
function typed(
	fields: Pick<URLSearchParams, 'get'> | FormData,
	name: string,
	first: string
): string {
	const isThere = fields.get(name) !== null;
	return isThere ? text(fields, name).trim().slice(0, LONGEST_CARD_FIELD) : first;
}

function oneOf<const T extends string>(list: readonly [T, ...T[]], value: string): T {
	return list.find((one) => one === value) ?? list[0];
}
