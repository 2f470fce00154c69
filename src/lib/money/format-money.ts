import { digitsOf } from './currencies';
import { formatAmount } from './format-amount';
import type { Money } from './money';
import { isWholeUnitCurrency } from './whole-unit-currencies';

/**
 * Money as people of `locale` (BCP 47) write it, with all digits of the currency: "€10.05", in
 * Arabic with Arabic-Indic digits. Where the fraction is out of use it is shown only if there is
 * one: 2,000 rials have no decimals. For eyes only; programs get `formatDecimal`.
 * @throws RangeError if the currency isn't one, or the amount isn't an integer within MAX_AMOUNT.
 */
export function formatMoney(money: Money, locale: string): string {
	const digits = digitsOf(money.currency);
	const isWhole = isWholeUnitCurrency(money.currency) && money.amount % 10 ** digits === 0;
	return formatAmount(money, { digits, shownDigits: isWhole ? 0 : digits }, locale);
}
