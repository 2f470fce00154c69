import { formatDecimal } from './decimal';
import type { Money } from './money';

const formatters = new Map<string, Intl.NumberFormat>();

/**
 * `formatMoney` for where the table of currencies must not go, the browser: `digits` is handed in.
 * The decimal goes to Intl as text. An engine that takes numbers only rounds nothing either, since
 * a double carries fifteen digits (see MAX_AMOUNT).
 */
export function formatAmount({ amount, currency }: Money, digits: number, locale: string): string {
	const decimal = formatDecimal(amount, digits) as Intl.StringNumericLiteral;
	return formatterOf(currency, digits, locale).format(decimal);
}

function formatterOf(currency: string, digits: number, locale: string): Intl.NumberFormat {
	const key = `${locale} ${currency} ${digits}`;
	let formatter = formatters.get(key);
	if (!formatter) {
		formatter = new Intl.NumberFormat(withNumbering(locale), {
			style: 'currency',
			currency,
			minimumFractionDigits: digits,
			maximumFractionDigits: digits
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
