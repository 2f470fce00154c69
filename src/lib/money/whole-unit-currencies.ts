import { digitsOf } from './currencies';

/** Currencies that ISO 4217 gives decimals, which nobody has used for long (CLDR: 0 digits). */
export const currenciesWithoutFraction: readonly string[] =
	'AFN ALL IQD IRR LAK LBP MMK SOS SYP YER'.split(' ');

/**
 * Whether people count a currency in whole units only: those of ISO 4217 without digits, and those
 * whose fraction is out of use (apis/charges.md, *Amount*).
 * @throws RangeError for a code that isn't a currency.
 */
export function isWholeUnitCurrency(code: string): boolean {
	return digitsOf(code) === 0 || currenciesWithoutFraction.includes(code);
}
