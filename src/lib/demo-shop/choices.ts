/** What a visitor of the demo shop can choose; the first of each list is chosen at the start. */
export const currencies = ['EUR', 'GBP', 'USD', 'YER'] as const;
export const amounts = ['25.00', '10.05', '60.00', '120.00'] as const;
const locales = ['auto', 'en', 'ar'] as const;
const themes = ['auto', 'light', 'dark'] as const;
const places = ['frame', 'dialog', 'page'] as const;

export interface Choices {
	/** As typed: what is no amount is the API's to refuse. Empty: left to the payer. */
	amount: string;
	/** Whether the payer may choose another amount. */
	editable: boolean;
	currency: (typeof currencies)[number];
	/** `auto`: the browser's. */
	locale: (typeof locales)[number];
	theme: (typeof themes)[number];
	/** How the payment page is shown. */
	place: (typeof places)[number];
}

const LONGEST_AMOUNT = 32;

/** Reads the shop's form or the query of its address; what is missing or unknown is the first. */
export function readChoices(fields: Pick<URLSearchParams, 'get'> | FormData): Choices {
	const preset = text(fields, 'amount');
	const other = text(fields, 'other').trim().slice(0, LONGEST_AMOUNT);
	return {
		amount: preset === 'other' ? other : oneOf(amounts, preset),
		editable: text(fields, 'editable') === 'yes',
		currency: oneOf(currencies, text(fields, 'currency')),
		locale: oneOf(locales, text(fields, 'locale')),
		theme: oneOf(themes, text(fields, 'theme')),
		place: oneOf(places, text(fields, 'place'))
	};
}

/** The choices as a query of the shop's address, so that a visitor can start again from them. */
export function queryOf({ amount, editable, ...choices }: Choices): string {
	const isPreset = amounts.some((preset) => preset === amount);
	return new URLSearchParams({
		...(isPreset ? { amount } : { amount: 'other', other: amount }),
		editable: editable ? 'yes' : 'no',
		...choices
	}).toString();
}

function text(fields: Pick<URLSearchParams, 'get'> | FormData, name: string): string {
	const value = fields.get(name);
	return typeof value === 'string' ? value : '';
}

function oneOf<const T extends string>(list: readonly [T, ...T[]], value: string): T {
	return list.find((one) => one === value) ?? list[0];
}
