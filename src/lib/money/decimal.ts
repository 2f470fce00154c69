import { MAX_AMOUNT } from './money';

export type DecimalProblem = 'not_a_number' | 'too_many_decimals' | 'too_large';

const plainDecimal = /^(0|[1-9]\d*)(?:\.(\d+))?$/;
const maxLength = String(MAX_AMOUNT).length;

/**
 * Reads a decimal as programs write it ("10.05", "10", "0.5") into minor units, exactly: digits are
 * moved as text, so no float is ever made. Refused as not_a_number: signs, exponents, spaces,
 * ".5", "5.", and leading zeros, as in JSON. More decimals than the currency has are refused,
 * zeros too: "10.050" in a currency of 2 digits may be a caller's mistake of unit.
 * What a person typed is read by `readAmount`.
 */
export function parseDecimal(text: string, digits: number): number | DecimalProblem {
	const match = plainDecimal.exec(text);
	if (!match) return 'not_a_number';
	const [, whole = '', fraction = ''] = match;
	if (fraction.length > digits) return 'too_many_decimals';
	const minorUnits = (whole + fraction.padEnd(digits, '0')).replace(/^0+(?=\d)/, '');
	return minorUnits.length > maxLength ? 'too_large' : Number(minorUnits);
}

/**
 * Writes minor units as a plain decimal with all digits of the currency: 20000 → "200.00".
 * @throws RangeError if `amount` isn't an integer within MAX_AMOUNT: such a Money is a defect.
 */
export function formatDecimal(amount: number, digits: number): string {
	if (!Number.isInteger(amount) || Math.abs(amount) > MAX_AMOUNT) {
		throw new RangeError('not an amount of minor units');
	}
	const sign = amount < 0 ? '-' : '';
	const minorUnits = String(Math.abs(amount)).padStart(digits + 1, '0');
	if (digits === 0) return sign + minorUnits;
	return `${sign}${minorUnits.slice(0, -digits)}.${minorUnits.slice(-digits)}`;
}
