import { digitsOf } from './currencies';
import { formatAmount } from './format-amount';
import type { Money } from './money';

/**
 * Money as people of `locale` (BCP 47) write it, always with all digits of the currency: "€10.05",
 * in Arabic with Arabic-Indic digits. For eyes only; programs get `formatDecimal`.
 * @throws RangeError if the currency isn't one, or the amount isn't an integer within MAX_AMOUNT.
 */
export function formatMoney(money: Money, locale: string): string {
	return formatAmount(money, digitsOf(money.currency), locale);
}
