import { data } from 'currency-codes';

/**
 * Codes that ISO 4217 lists with "N.A." minor units: metals, bond market units, units of account,
 * testing, no currency. Nobody pays in them; the package reports them with 0 digits, like the yen.
 */
const withoutMinorUnit = new Set('XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX'.split(' '));

/**
 * The package carries the list of 2024-06-25. Amendments since: 176 (XCG in place of ANG), 178 (CUC
 * withdrawn), 180 (BGN gave way to EUR). 179 brought XAD, a unit of account, so nothing to pay in.
 */
const withdrawnSince = new Set(['ANG', 'CUC', 'BGN']);
const addedSince: [code: string, digits: number][] = [['XCG', 2]];

const digitsByCode = new Map<string, number>([
	...data
		.filter(({ code }) => !withoutMinorUnit.has(code) && !withdrawnSince.has(code))
		.map(({ code, digits }): [string, number] => [code, digits]),
	...addedSince
]);

/** Whether one can pay in `code`: a current ISO 4217 code in capitals that has minor units. */
export function isCurrency(code: string): boolean {
	return digitsByCode.has(code);
}

/**
 * Number of decimals of a currency by ISO 4217 (JPY 0, EUR 2, KWD 3, CLF 4). Never asked of Intl,
 * whose engines differ (YER, IQD).
 * @throws RangeError for a code that isn't a currency: check with `isCurrency` where input enters.
 */
export function digitsOf(code: string): number {
	const digits = digitsByCode.get(code);
	if (digits === undefined) throw new RangeError('not a currency of ISO 4217');
	return digits;
}
