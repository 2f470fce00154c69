import { latinDigits } from '$lib/i18n/latin-digits';
import type { MessageKey } from '$lib/i18n/messages/en';
import { hideCardNumbers } from '$lib/server/log/hide-card-numbers';
import { checkExpiry, checkNumber, codeLengthsOf } from '$lib/server/payments/check-card';
import type { Card } from '$lib/server/payments/payment';

/** The fields of the form as they were typed. */
export interface TypedCard {
	number: string;
	expiry: string;
	code: string;
	name: string;
}

export type CardProblems = Partial<Record<keyof TypedCard, MessageKey>>;

interface Read<Value> {
	value?: Value;
	problem?: MessageKey;
}

const longestName = 100;

/**
 * Reads a card as people type it: digits of any script, with spaces or dashes, the expiry with or
 * without a slash and with two or four digits of the year. `brands` are those that are accepted, by
 * card-validator's names. The digits are in the card only, never in a problem.
 */
export function readCard(
	typed: TypedCard,
	{ now, brands }: { now: number; brands: string[] }
): { card: Card } | { problems: CardProblems } {
	const number = readNumber(typed.number, brands);
	const expiry = readExpiry(typed.expiry, now);
	const code = readCode(typed.code, codeLengthsOf(compact(typed.number)));
	const name = readName(typed.name);
	if (number.value && expiry.value && code.value && name.value) {
		return {
			card: {
				number: number.value,
				expiryMonth: expiry.value.month,
				expiryYear: expiry.value.year,
				securityCode: code.value,
				holderName: name.value
			}
		};
	}
	return {
		problems: {
			...(number.problem && { number: number.problem }),
			...(expiry.problem && { expiry: expiry.problem }),
			...(code.problem && { code: code.problem }),
			...(name.problem && { name: name.problem })
		}
	};
}

/** Whether a text holds a card number, in digits of any script: then it isn't shown again. */
export function holdsCardNumber(text: string): boolean {
	return hideCardNumbers(text) !== text;
}

function compact(text: string): string {
	return latinDigits(text).replace(/[\s\p{Pd}]/gu, '');
}

export function readNumber(text: string, brands: string[]): Read<string> {
	const digits = compact(text);
	if (digits === '') return { problem: 'card.number.problem.missing' };
	if (!/^\d+$/.test(digits)) return { problem: 'card.number.problem.invalid' };
	const problem = checkNumber(digits, brands);
	return problem ? { problem: `card.number.problem.${problem}` } : { value: digits };
}

/** A card is good until the last day of its month is over everywhere on earth. */
export function readExpiry(text: string, now: number): Read<{ month: number; year: number }> {
	const plain = latinDigits(text).trim();
	if (plain === '') return { problem: 'card.expiry.problem.missing' };
	const parts =
		/^(\d{1,2})\s*[/.\s\p{Pd}]\s*(\d{2}|\d{4})$/u.exec(plain) ??
		/^(\d{2})(\d{2}|\d{4})$/.exec(plain);
	if (!parts) return { problem: 'card.expiry.problem.incomplete' };
	const month = Number(parts[1]);
	const year = Number(parts[2]) + (parts[2]?.length === 2 ? 2000 : 0);
	const problem = checkExpiry({ month, year }, now);
	return problem ? { problem: `card.expiry.problem.${problem}` } : { value: { month, year } };
}

/** A security code of one of these lengths. */
export function readCode(text: string, lengths: number[]): Read<string> {
	const digits = compact(text);
	if (digits === '') return { problem: 'card.code.problem.missing' };
	if (/^\d+$/.test(digits) && lengths.includes(digits.length)) return { value: digits };
	return { problem: `card.code.problem.length_${lengths[0] === 4 ? 4 : 3}` };
}

function readName(text: string): Read<string> {
	const name = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
	if (name === '') return { problem: 'card.name.problem.missing' };
	if (holdsCardNumber(name)) return { problem: 'card.name.problem.card_number' };
	return name.length > longestName ? { problem: 'card.name.problem.too_long' } : { value: name };
}
