/** What can be told of a card number while it is typed. The server has the last word. */
export interface CardKind {
	/** As card-validator spells it. */
	name: string;
	beginning: RegExp;
	lengths: readonly number[];
	/** Digits in each group. */
	groups: readonly number[];
	codeLength: 3 | 4;
}

const fours = [4, 4, 4, 4, 3];

/** ISO/IEC 7812 ranges as the schemes publish them; the first that matches counts. */
const kinds: readonly CardKind[] = [
	kind('visa', /^4/, [16, 18, 19]),
	kind('mastercard', /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]),
	{ ...kind('american-express', /^3[47]/, [15]), groups: [4, 6, 5], codeLength: 4 },
	{ ...kind('diners-club', /^3(0[0-5]|[689])/, [14, 16, 19]), groups: [4, 6, 9] },
	kind('jcb', /^(2131|1800|35(2[89]|[3-8]))/, [16, 17, 18, 19]),
	kind('discover', /^6(011|4[4-9]|5)/, [16, 19]),
	kind('unionpay', /^62/, [14, 15, 16, 17, 18, 19]),
	kind('maestro', /^(5[06-9]|6)/, [12, 13, 14, 15, 16, 17, 18, 19])
];

function kind(name: string, beginning: RegExp, lengths: number[]): CardKind {
	return { name, beginning, lengths, groups: fours, codeLength: 3 };
}

export function kindOf(digits: string): CardKind | undefined {
	return kinds.find(({ beginning }) => beginning.test(digits));
}

/** "4242 4242 4242 4242", "3782 822463 10005". */
export function groupNumber(digits: string): string {
	const parts: string[] = [];
	let at = 0;
	for (const length of kindOf(digits)?.groups ?? fours) {
		if (at < digits.length) parts.push(digits.slice(at, at + length));
		at += length;
	}
	return parts.join(' ') + digits.slice(at);
}

/**
 * "12 / 30". `adding` is false while characters are deleted, so that the slash can be deleted too.
 * A first digit that no month begins with gets its zero.
 */
export function formatExpiry(digits: string, adding: boolean): string {
	const padded = /^[2-9]/.test(digits) ? `0${digits}` : digits;
	const month = padded.slice(0, 2);
	const year = padded.slice(2, 6);
	return year || (adding && month.length === 2) ? `${month} / ${year}` : month;
}

/** Luhn's formula (ISO/IEC 7812-1, annex B). */
export function passesLuhn(digits: string): boolean {
	let sum = 0;
	for (let at = 0; at < digits.length; at++) {
		const digit = Number(digits[digits.length - 1 - at]);
		sum += at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0);
	}
	return sum % 10 === 0;
}

/** The problem with a number, by the end of its message's name; null where none is certain. */
export function numberProblem(digits: string, accepted: readonly string[]): string | null {
	if (digits === '') return 'missing';
	const known = kindOf(digits);
	const lengths = known?.lengths ?? [12, 13, 14, 15, 16, 17, 18, 19];
	if (digits.length > Math.max(...lengths)) return 'too_long';
	if (!lengths.includes(digits.length)) return 'incomplete';
	// UnionPay has cards without a check digit.
	if (known?.name !== 'unionpay' && !passesLuhn(digits)) return 'invalid';
	const canTell = accepted.every((name) => kinds.some((each) => each.name === name));
	return known && canTell && !accepted.includes(known.name) ? 'unsupported' : null;
}

/** `now` is the server's, in milliseconds since 1970. */
export function expiryProblem(digits: string, now: number): string | null {
	if (digits === '') return 'missing';
	if (digits.length !== 4 && digits.length !== 6) return 'incomplete';
	const month = Number(digits.slice(0, 2));
	const year = Number(digits.slice(2)) + (digits.length === 4 ? 2000 : 0);
	if (month < 1 || month > 12 || year > new Date(now).getUTCFullYear() + 20) return 'impossible';
	return Date.UTC(year, month, 1, 12) <= now ? 'expired' : null;
}

/** `length`: of this card's code, where it is known. */
export function codeProblem(digits: string, length: number | undefined): string | null {
	if (digits === '') return 'missing';
	const fits = length ? digits.length === length : /^.{3,4}$/.test(digits);
	return fits ? null : `length_${length ?? 3}`;
}

export function nameProblem(name: string, digits: string): string | null {
	if (name.trim() === '') return 'missing';
	return digits.length >= 13 && passesLuhn(digits) ? 'card_number' : null;
}
