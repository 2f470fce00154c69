import { electronicFormatIBAN, validateIBAN, ValidationErrorsIBAN } from 'ibantools';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { latinDigits } from '$lib/i18n/latin-digits';
import type { MessageKey } from '$lib/i18n/messages/en';
import type { Card, Destination } from '$lib/server/payments/payment';
import { holdsCardNumber, readExpiry, readNumber } from '../read-card';
import { countries, localAccountProblem } from './local-account';
import { maskIban, maskLocalAccount, maskPhone, maskWallet } from './mask';

/** The fields of an account's form as they were typed; those of other forms are empty. */
export interface TypedAccount {
	iban: string;
	country: string;
	bank_code: string;
	account_number: string;
	holder: string;
	wallet: string;
	phone: string;
	number: string;
	expiry: string;
}

export type AccountProblems = Partial<Record<keyof TypedAccount, MessageKey>>;

/** Where the money goes, and how that is shown from then on. */
export interface ReadAccount {
	destination: Destination;
	label: string;
}

type Read<Value> = Value | { problems: AccountProblems };

/** SEPA's longest name. */
const LONGEST_NAME = 70;

export function readIban(typed: TypedAccount): Read<ReadAccount> {
	const iban = electronicFormatIBAN(latinDigits(typed.iban)) ?? '';
	const ibanProblem = ibanProblemOf(iban);
	const holder = readHolder(typed.holder);
	if (ibanProblem || typeof holder !== 'string') {
		return {
			problems: {
				...(ibanProblem && { iban: ibanProblem }),
				...(typeof holder !== 'string' && { holder: holder.problem })
			}
		};
	}
	return { destination: { kind: 'iban', iban, holder }, label: maskIban(iban) };
}

function ibanProblemOf(iban: string): MessageKey | null {
	if (iban === '') return 'account.iban.problem.missing';
	const { valid, errorCodes } = validateIBAN(iban);
	if (valid) return null;
	if (errorCodes.includes(ValidationErrorsIBAN.NoIBANCountry))
		return 'account.iban.problem.country';
	return errorCodes.includes(ValidationErrorsIBAN.WrongBBANLength)
		? 'account.iban.problem.length'
		: 'account.iban.problem.wrong';
}

export function readLocalAccount(typed: TypedAccount): Read<ReadAccount> {
	const country = countries.find((code) => code === typed.country);
	const bankCode = compact(typed.bank_code);
	const number = compact(typed.account_number);
	const holder = readHolder(typed.holder);
	const problems: AccountProblems = {
		...(!country && { country: 'account.country.problem.missing' }),
		...(bankCode === '' && { bank_code: 'account.bank_code.problem.missing' }),
		...(number === '' && { account_number: 'account.account_number.problem.missing' }),
		...(typeof holder !== 'string' && { holder: holder.problem })
	};
	if (country && bankCode && number) {
		const wrong = localAccountProblem(country, { bankCode, number });
		if (wrong === 'pair') problems.account_number = 'account.account_number.problem.pair';
		else if (wrong) problems[wrong] = `account.${wrong}.problem.wrong`;
	}
	if (!country || typeof holder !== 'string' || Object.keys(problems).length > 0) {
		return { problems };
	}
	return {
		destination: { kind: 'local_account', country, bankCode, number, holder },
		label: maskLocalAccount(country, number)
	};
}

function compact(text: string): string {
	return latinDigits(text)
		.replace(/[\s\p{Pd}.]/gu, '')
		.toUpperCase();
}

function readHolder(text: string): string | { problem: MessageKey } {
	const name = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
	if (name === '') return { problem: 'account.holder.problem.missing' };
	if (name.length > LONGEST_NAME) return { problem: 'account.holder.problem.too_long' };
	const isName = /\p{L}/u.test(name) && !holdsCardNumber(name);
	return isName ? name : { problem: 'account.holder.problem.wrong' };
}

/** An e-mail address, or the id that a wallet gave its owner. */
export function readWallet({ wallet: text }: TypedAccount): Read<ReadAccount> {
	const wallet = text.trim();
	if (wallet === '') return { problems: { wallet: 'account.wallet.problem.missing' } };
	const isEmail = /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/.test(wallet) && wallet.length <= 200;
	const isId = /^[A-Za-z0-9][\w.+-]{2,63}$/.test(wallet);
	if (holdsCardNumber(wallet) || !(isEmail || isId)) {
		return { problems: { wallet: 'account.wallet.problem.wrong' } };
	}
	return { destination: { kind: 'wallet', wallet }, label: maskWallet(wallet) };
}

/** `country`: of numbers without a country's code; null: they can't be told. */
export function readPhone(
	{ phone: text }: TypedAccount,
	country: string | null
): Read<ReadAccount> {
	const typed = latinDigits(text).trim();
	if (typed === '') return { problems: { phone: 'account.phone.problem.missing' } };
	const home = country !== null && isSupportedCountry(country) ? country : undefined;
	const isWhole = /^(\+|00)/.test(typed);
	if (!home && !isWhole) return { problems: { phone: 'account.phone.problem.country' } };
	const parsed = parsePhoneNumberFromString(typed.replace(/^00/, '+'), home);
	if (!parsed?.isValid()) return { problems: { phone: 'account.phone.problem.wrong' } };
	return {
		destination: { kind: 'phone', phone: parsed.number },
		label: maskPhone(parsed.number, parsed.countryCallingCode)
	};
}

/** A card to be paid to: no security code is needed. `holderName`: what the merchant said. */
export function readPayoutCard(
	typed: TypedAccount,
	{ now, brands, holderName }: { now: number; brands: string[]; holderName: string }
): Read<{ card: Card }> {
	const number = readNumber(typed.number, brands);
	const expiry = readExpiry(typed.expiry, now);
	if (number.value && expiry.value) {
		const { month: expiryMonth, year: expiryYear } = expiry.value;
		const rest = { expiryMonth, expiryYear, securityCode: '', holderName };
		return { card: { number: number.value, ...rest } };
	}
	return {
		problems: {
			...(number.problem && { number: number.problem }),
			...(expiry.problem && { expiry: expiry.problem })
		}
	};
}
