/** Where money for the make-believe bank goes, as the forms of a currency's banks ask for it. */
export type TransferAccount =
	{ iban: string; bic: string } | { accountNumber: string; bankCode: string };

export const HOLDER = 'Cashdesk Simulator';
export const BANK = 'Simulated Bank';

/** Ends in 0 before the branch: by ISO 9362 a code for tests. */
const BIC = 'CDSKDEF0XXX';

/** The check digits are right; the banks and branches in them do not exist. */
const accounts: Partial<Record<string, TransferAccount>> = {
	EUR: { iban: 'DE34999999990000001742', bic: BIC },
	CHF: { iban: 'CH8099999000000001742', bic: BIC },
	AED: { iban: 'AE289990000000000001742', bic: BIC },
	SAR: { iban: 'SA6599000000000000001742', bic: BIC },
	KWD: { iban: 'KW73CDSK0000000000000000001742', bic: BIC },
	BHD: { iban: 'BH41CDSK00000000001742', bic: BIC },
	QAR: { iban: 'QA63CDSK000000000000000001742', bic: BIC },
	JOD: { iban: 'JO88CDSK9999000000000000001742', bic: BIC },
	TRY: { iban: 'TR219999900000000000001742', bic: BIC },
	PLN: { iban: 'PL52999999990000000000001742', bic: BIC },
	SEK: { iban: 'SE3499900000000000001742', bic: BIC },
	// A sort code in the United Kingdom, a routing number with its check digit in the United States.
	GBP: { accountNumber: '00001742', bankCode: '00-00-00' },
	USD: { accountNumber: '000001742', bankCode: '999999992' }
};

/** For currencies without one of their own, too, so that any can be tried out. */
export function accountFor(currency: string): TransferAccount {
	return accounts[currency] ?? { accountNumber: '0000001742', bankCode: '9999' };
}
