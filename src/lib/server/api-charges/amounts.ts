import { digitsOf } from '$lib/money/currencies';
import { formatDecimal } from '$lib/money/decimal';
import { MAX_AMOUNT } from '$lib/money/money';
import { currenciesWithoutFraction, isWholeUnitCurrency } from '$lib/money/whole-unit-currencies';

const withoutDigits = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF';

/** The currencies whose amounts are whole units: what the API's reference says. */
export const wholeUnitCurrencies: readonly string[] = [
	...withoutDigits.split(' '),
	...currenciesWithoutFraction
].sort();

/** How many digits the minor unit of a currency has less than the unit of a charge: YER 2, USD 0. */
function unusedDigitsOf(currency: string): number {
	return isWholeUnitCurrency(currency) ? digitsOf(currency) : 0;
}

/**
 * Minor units of what a charge says, which is digits of the unit that people use: YER 2000 is 200000
 * fils. Digits are moved as text. Undefined: more than MAX_AMOUNT. apis/charges.md, *Amount*.
 */
export function readUnits(digits: string, currency: string): number | undefined {
	const minorUnits = digits + '0'.repeat(unusedDigitsOf(currency));
	return minorUnits.length > String(MAX_AMOUNT).length ? undefined : Number(minorUnits);
}

/** Minor units as a charge says them, and the same as a decimal in whole units: 2000, "20.00". */
export function viewUnits(amount: number, currency: string) {
	const decimal = formatDecimal(amount, digitsOf(currency));
	const unused = unusedDigitsOf(currency);
	return {
		amount: Math.floor(amount / 10 ** unused),
		amount_decimal: unused > 0 ? decimal.replace(/\.0+$/, '') : decimal
	};
}
