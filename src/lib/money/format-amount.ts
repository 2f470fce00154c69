import { formatDecimal } from './decimal';
import type { Money } from './money';

const formatters = new Map<string, Intl.NumberFormat>();

interface Digits {
	/** Of the currency by ISO 4217: what the minor units of the amount are counted in. */
	digits: number;
	/** How many decimals are written; all that are left out must be zeros. */
	shownDigits: number;
}

/**
 * `formatMoney` without the table of currencies. The decimal goes to Intl as text. An engine that
 * takes numbers only rounds nothing either, since a double carries fifteen digits (see MAX_AMOUNT).
 */
export function formatAmount(
	{ amount, currency }: Money,
	{ digits, shownDigits }: Digits,
	locale: string
): string {
	const decimal = formatDecimal(amount, digits) as Intl.StringNumericLiteral;
	const parts = formatterOf(currency, shownDigits, locale).formatToParts(decimal);
	const isArabic = /^ar\b/i.test(locale);
	return parts
		.map(({ type, value }) => (isArabic && type === 'currency' ? inOrder(value) : value))
		.join('');
}

const latinWithSign = /^\p{Script=Latin}+\P{L}$/u;

/**
 * Among Arabic a sign after Latin letters ("US$") would go to their other side, "$US": isolates
 * (U+2066, U+2069) keep the two together.
 */
function inOrder(symbol: string): string {
	return latinWithSign.test(symbol) ? `\u2066${symbol}\u2069` : symbol;
}

function formatterOf(currency: string, shownDigits: number, locale: string): Intl.NumberFormat {
	const key = `${locale} ${currency} ${shownDigits}`;
	let formatter = formatters.get(key);
	if (!formatter) {
		formatter = new Intl.NumberFormat(withNumbering(locale), {
			style: 'currency',
			currency,
			minimumFractionDigits: shownDigits,
			maximumFractionDigits: shownDigits
		});
		formatters.set(key, formatter);
	}
	return formatter;
}

/**
 * Arabic is written with Arabic-Indic digits. CLDR gives them to Egypt, Iraq, Saudi Arabia, Yemen
 * and their neighbours, yet for a bare "ar" engines disagree, so the numbering is named. Where
 * Latin digits are the custom (the Maghreb, the Emirates) a locale can say so: "ar-MA",
 * "ar-u-nu-latn".
 */
function withNumbering(locale: string): string {
	return locale === 'ar' ? 'ar-u-nu-arab' : locale;
}
