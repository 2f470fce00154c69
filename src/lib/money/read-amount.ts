import { formatDecimal, parseDecimal } from './decimal';

/** `amount` in minor units; `readings` are plain decimals, the larger first. */
type AmountReading =
	| { amount: number }
	| { problem: 'empty' | 'not_a_number' | 'too_many_decimals' | 'too_large' }
	| { problem: 'ambiguous'; readings: [string, string] };

/** Longer than any amount with its groups; bounds the work on hostile input. */
const maxTextLength = 64;

/** The zeros of the digits people type: Arabic-Indic, Persian, Devanagari, Bengali, full width. */
const zeros = ['\u0660', '\u06f0', '\u0966', '\u09e6', '\uff10'].map((zero) => zero.charCodeAt(0));

const arabicDecimal = '\u066b';
const arabicGroup = '\u066c';

/**
 * Reads an amount that a person typed, in digits of several scripts, with comma or dot.
 *
 * What a mark means:
 * - U+066B is decimal; U+066C, spaces and apostrophes group. Always.
 * - Of dot and comma, the one that stands last and once is decimal, others group. Groups must be
 *   well formed, in threes or as in India (12,34,567).
 * - One dot or comma with one to three digits before and exactly three after it can be either,
 *   "1,234". Guessing wrong is wrong by a thousand, so:
 *   - currency of 3 or more digits: the locale's decimal mark is decimal (5.250 dinars), the other
 *     mark is ambiguous;
 *   - fewer digits: the other mark groups, since no one writes €1,234 for less than two euros. The
 *     locale's decimal mark is ambiguous if the last decimals are zeros ("1.500", which much of
 *     Europe writes for 1500), else it has too many decimals.
 *
 * Zeros beyond the currency's digits change nothing and are forgiven ("100.00" yen). Either reading
 * of an ambiguous text, put into the field as it is, reads as itself in a locale with decimal dot.
 *
 * @param digits of the currency (`digitsOf`); a parameter so that the browser needs no table.
 */
export function readAmount(text: string, digits: number, locale: string): AmountReading {
	const plain = plainText(text);
	if (plain === '') return { problem: 'empty' };
	if (plain.length > maxTextLength) return { problem: 'not_a_number' };
	const [, before, mark, after] = /^([1-9]\d{0,2})([.,])(\d{3})$/.exec(plain) ?? [];
	if (before && mark && after) {
		return readLoneMark(before, after, digits, mark === decimalMarkOf(locale));
	}
	const parts = split(plain);
	return parts ? result(minorUnits(parts, digits)) : { problem: 'not_a_number' };
}

interface Parts {
	whole: string;
	fraction: string;
}

function readLoneMark(
	before: string,
	after: string,
	digits: number,
	isOwnDecimal: boolean
): AmountReading {
	const grouped = minorUnits({ whole: before + after, fraction: '' }, digits);
	const decimal = minorUnits({ whole: before, fraction: after }, digits);
	if (typeof grouped === 'string') return { problem: grouped };
	if (typeof decimal === 'string') return isOwnDecimal ? { problem: decimal } : { amount: grouped };
	const isClear = digits >= 3 ? isOwnDecimal : !isOwnDecimal;
	if (isClear) return { amount: digits >= 3 ? decimal : grouped };
	const readings: [string, string] = [
		formatDecimal(grouped, digits),
		formatDecimal(decimal, digits)
	];
	return { problem: 'ambiguous', readings };
}

/** Latin digits, one kind of space, apostrophe and comma each, and no invisible direction marks. */
function plainText(text: string): string {
	return text
		.slice(0, 4 * maxTextLength)
		.replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
		.replace(/\p{Nd}/gu, latinDigit)
		.replace(/\s/g, ' ')
		.replace(/[\u2019\u02bc\uff07]/g, "'")
		.replace(/[\u060c\uff0c]/g, ',')
		.replace(/\uff0e/g, '.')
		.trim();
}

function latinDigit(digit: string): string {
	const code = digit.charCodeAt(0);
	const zero = zeros.find((first) => code >= first && code < first + 10);
	return zero === undefined ? digit : String(code - zero);
}

/** The whole part without groups and the fraction, or undefined if it isn't a number. */
function split(plain: string): Parts | undefined {
	const mark = decimalMarkIn(plain);
	const at = mark === undefined ? plain.length : plain.lastIndexOf(mark);
	const whole = plain.slice(0, at);
	const fraction = plain.slice(at + 1);
	if (!/^\d*$/.test(fraction) || whole + fraction === '') return undefined;
	return isWhole(whole) ? { whole: whole.replace(/\D/g, ''), fraction } : undefined;
}

function decimalMarkIn(plain: string): string | undefined {
	if (plain.includes(arabicDecimal)) return arabicDecimal;
	const marks: string[] = plain.match(/[.,]/g) ?? [];
	const last = marks.at(-1);
	return last !== undefined && marks.indexOf(last) === marks.length - 1 ? last : undefined;
}

const inThrees = new RegExp(`^[1-9]\\d{0,2}([.,' ${arabicGroup}])\\d{3}(?:\\1\\d{3})*$`);
const asInIndia = new RegExp(`^[1-9]\\d?([,${arabicGroup}])\\d{2}(?:\\1\\d{2})*\\1\\d{3}$`);

function isWhole(text: string): boolean {
	return /^\d*$/.test(text) || inThrees.test(text) || asInIndia.test(text);
}

function minorUnits({ whole, fraction }: Parts, digits: number) {
	const significant = fraction.replace(/0+$/, '');
	const units = whole.replace(/^0+(?=\d)/, '') || '0';
	return parseDecimal(significant ? `${units}.${significant}` : units, digits);
}

function result(amount: ReturnType<typeof parseDecimal>): AmountReading {
	return typeof amount === 'number' ? { amount } : { problem: amount };
}

const decimalMarks = new Map<string, string>();

/** The decimal mark among Latin digits: Arabic, with a mark of its own, uses the dot there. */
function decimalMarkOf(locale: string): string {
	let mark = decimalMarks.get(locale);
	if (mark === undefined) {
		const format = new Intl.NumberFormat(locale, { numberingSystem: 'latn' });
		mark = format.formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
		decimalMarks.set(locale, mark);
	}
	return mark;
}
