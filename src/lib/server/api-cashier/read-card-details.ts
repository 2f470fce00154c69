import type { z } from 'zod';
import type { FieldError } from '$lib/server/errors';
import { isJsonNumber, type JsonValue } from '$lib/server/http/read-strict-json';
import { hideCardNumbers } from '$lib/server/log/hide-card-numbers';
import { checkExpiry, checkNumber, codeLengthsOf } from '$lib/server/payments/check-card';
import type { Card } from '$lib/server/payments/payment';
import { cardShape } from './request-shapes';

type Details = z.infer<typeof cardShape>;

const LONGEST_NAME = 100;

/**
 * Reads `card_details`. A card that is impossible or has expired is refused with each faulty field;
 * no value of a field is ever part of what is said of it. apis/cashier.md, *`request`*.
 */
export function readCardDetails(
	details: JsonValue | undefined,
	now: number
): { card: Card; faults: FieldError[] } {
	const parsed = cardShape.safeParse(details);
	if (!parsed.success) {
		return {
			card: cardOf(blank),
			faults: [{ field: 'card_details', message: 'must be an object' }]
		};
	}
	const faults = Object.entries(problemsOf(parsed.data, now)).flatMap(([name, message]) =>
		message ? [{ field: `card_details.${name}`, message }] : []
	);
	return { card: cardOf(parsed.data), faults };
}

const blank: Details = { holder_name: '', card_number: '', cvc: '', exp_month: '', exp_year: '' };

function cardOf({ card_number, exp_month, exp_year, cvc, holder_name }: Details): Card {
	return {
		number: digitsOf(card_number),
		expiryMonth: Number(exp_month),
		expiryYear: Number(exp_year),
		securityCode: cvc,
		holderName: nameOf(holder_name)
	};
}

function problemsOf(details: Details, now: number): Partial<Record<string, string>> {
	return {
		holder_name: nameProblem(nameOf(details.holder_name)),
		card_number: numberProblem(digitsOf(details.card_number)),
		cvc: codeProblem(details),
		...expiryProblems(details, now)
	};
}

function digitsOf(number: string): string {
	return number.replace(/[ -]/g, '');
}

function nameOf(text: string): string {
	return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function nameProblem(name: string): string | undefined {
	if (name === '' || name.length > LONGEST_NAME) {
		return `must be text of 1 to ${LONGEST_NAME} characters`;
	}
	return hideCardNumbers(name) === name ? undefined : 'must not be a card number';
}

function numberProblem(digits: string): string | undefined {
	if (!/^\d+$/.test(digits)) return 'must be digits in text, with spaces or dashes if you like';
	switch (checkNumber(digits, null)) {
		case 'incomplete':
			return 'has too few digits';
		case 'too_long':
			return 'has too many digits';
		case undefined:
			return undefined;
		default:
			return 'is not a card number: a digit is wrong';
	}
}

function codeProblem({ cvc, card_number }: Details): string | undefined {
	const lengths = codeLengthsOf(digitsOf(card_number));
	const fits = /^\d+$/.test(cvc) && lengths.includes(cvc.length);
	return fits ? undefined : `must be ${lengths.join(' or ')} digits in text`;
}

/** Of an expiry that is over or too far ahead, the part that makes it so is named. */
function expiryProblems({ exp_month, exp_year }: Details, now: number) {
	const isMonth = /^(0[1-9]|1[0-2])$/.test(exp_month);
	const isYear = /^\d{4}$/.test(exp_year);
	if (!isMonth || !isYear) {
		return {
			exp_month: isMonth ? undefined : 'must be a month as MM in text',
			exp_year: isYear ? undefined : 'must be a year as YYYY in text'
		};
	}
	const [month, year] = [Number(exp_month), Number(exp_year)];
	switch (checkExpiry({ month, year }, now)) {
		case 'impossible':
			return { exp_year: 'is further ahead than cards are issued for' };
		case 'expired': {
			const name = year < new Date(now).getUTCFullYear() ? 'exp_year' : 'exp_month';
			return { [name]: 'is in the past: the card has expired' };
		}
		default:
			return {};
	}
}

/** Shorter runs of digits are no card's and stand anywhere by chance. */
const FEWEST_DIGITS = 12;

/**
 * Where else in a body the number stands, which would be stored or sent on from there: the path, or
 * undefined.
 */
export function findNumber(value: JsonValue, number: string, path: string): string | undefined {
	if (number.length < FEWEST_DIGITS) return undefined;
	if (typeof value === 'string') return holds(value, number) ? path : undefined;
	if (isJsonNumber(value)) return holds(value.text, number) ? path : undefined;
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [name, inner] of Object.entries(value)) {
		const found = findNumber(inner, number, `${path}.${name}`);
		if (found) return found;
	}
	return undefined;
}

function holds(text: string, number: string): boolean {
	return text.length >= number.length && text.replace(/\D/g, '').includes(number);
}
