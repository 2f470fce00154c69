import { formatDecimal } from '$lib/money/decimal';
import type { Money } from '$lib/money/money';

/** The most that the code can say: 999,999,999.99 euros. */
const HIGHEST = 99_999_999_999;

/**
 * What the QR code of a SEPA credit transfer says, by EPC069-12 (version 002, UTF-8): one element a
 * line; purpose and structured reference stay empty. Null for what is no SEPA transfer in euros.
 */
export function epcCode(
	{ amount, currency }: Money,
	to: { bic: string; holder: string; iban: string; reference: string }
): string | null {
	if (currency !== 'EUR' || amount > HIGHEST) return null;
	return [
		'BCD',
		'002',
		'1',
		'SCT',
		to.bic,
		to.holder,
		to.iban,
		`EUR${formatDecimal(amount, 2)}`,
		'',
		'',
		to.reference
	].join('\n');
}
