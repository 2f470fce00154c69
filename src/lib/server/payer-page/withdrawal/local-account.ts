import { getCountrySpecifications, isValidBBAN } from 'ibantools';

/** How accounts are numbered where people don't use IBANs: what a bank and an account look like. */
interface Format {
	bankCode: RegExp;
	number: RegExp;
	/** Whether the check digits of the bank code are right. */
	checks?(bankCode: string): boolean;
}

const formats: Record<string, Format> = {
	US: { bankCode: /^\d{9}$/, number: /^\d{4,17}$/, checks: isRoutingNumber },
	GB: { bankCode: /^\d{6}$/, number: /^\d{8}$/ },
	AU: { bankCode: /^\d{6}$/, number: /^\d{5,10}$/ },
	CA: { bankCode: /^\d{8,9}$/, number: /^\d{7,12}$/ },
	IN: { bankCode: /^[A-Z]{4}0[A-Z0-9]{6}$/, number: /^\d{9,18}$/ }
};

const anywhere: Format = { bankCode: /^[A-Z0-9]{2,15}$/, number: /^[A-Z0-9]{4,30}$/ };

const specifications = getCountrySpecifications();

/** Every country, ISO 3166 alpha-2. */
export const countries: readonly string[] = Object.keys(specifications);

/** Whether people in a country, or with a currency in it, name their account by an IBAN. */
export function usesIban(country: string): boolean {
	return specifications[country]?.IBANRegistry === true && !(country in formats);
}

/**
 * What is wrong with an account; null: nothing. In a country with IBANs bank code and number are the
 * inner part of one, which a library checks; elsewhere by the country's form. `bankCode` and
 * `number` are in capitals without spaces and dashes.
 */
export function localAccountProblem(
	country: string,
	{ bankCode, number }: { bankCode: string; number: string }
): 'bank_code' | 'account_number' | 'pair' | null {
	if (usesIban(country)) return isValidBBAN(bankCode + number, country) ? null : 'pair';
	const format = formats[country] ?? anywhere;
	if (!format.bankCode.test(bankCode) || format.checks?.(bankCode) === false) return 'bank_code';
	return format.number.test(number) ? null : 'account_number';
}

/** The check digit of a US routing number: weights 3, 7 and 1 (ABA). */
function isRoutingNumber(digits: string): boolean {
	const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * weightAt(at), 0);
	return sum % 10 === 0 && sum > 0;
}

function weightAt(at: number): number {
	return [3, 7, 1][at % 3] ?? 0;
}
