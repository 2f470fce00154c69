import { z } from 'zod';
import { isJsonNumber, type JsonNumber } from '$lib/server/http/read-strict-json';

/**
 * Fields of a JSON object. Zod takes lists for objects, and so the numbers that the strict reader
 * makes, which would pass for an object without fields.
 */
export function object<Shape extends z.ZodObject>(shape: Shape) {
	const isObject = (value: unknown) =>
		typeof value === 'object' && !Array.isArray(value) && !isJsonNumber(value);
	return z.preprocess((value) => (isObject(value) ? value : null), shape);
}

/** Text of 1 to `max` characters; what is empty says nothing and is refused. */
export function text(max: number) {
	return z
		.string({ error: 'must be text' })
		.min(1, 'must not be empty')
		.max(max, `must be at most ${max} characters`);
}

/** A number as it was written, or the same as text: `10.05`, `"10.05"`. */
export const decimal = z.union(
	[z.string(), z.custom<JsonNumber>(isJsonNumber).transform((number) => number.text)],
	{ error: 'must be a number or a decimal in text' }
);

/** A whole number without sign, exponent or leading zero. */
export function wholeNumber(least: number, most: number) {
	return z
		.custom<JsonNumber>(isJsonNumber, { error: 'must be a whole number' })
		.transform((number) => number.text)
		.refine((digits) => /^(0|[1-9]\d{0,9})$/.test(digits), 'must be a whole number')
		.transform(Number)
		.refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);
}

/** The merchant's id of a payer: text, or a whole number taken as its digits. */
export function reference(max: number) {
	const digits = z
		.custom<JsonNumber>(isJsonNumber)
		.transform((number) => number.text)
		.refine((written) => /^(0|[1-9]\d{0,18})$/.test(written), 'must be text or a whole number');
	return z.union([text(max), digits], {
		error: `must be text of 1 to ${max} characters or a whole number`
	});
}

/** Digits, written as a number or as text: parts of a telephone number. */
export function digits(max: number) {
	const rule = `must be 1 to ${max} digits`;
	return z
		.union([z.string(), z.custom<JsonNumber>(isJsonNumber).transform((number) => number.text)], {
			error: rule
		})
		.refine((written) => /^\d+$/.test(written) && written.length <= max, rule);
}

export const ipAddress = z.union([z.ipv4(), z.ipv6()], {
	error: 'must be an IPv4 or IPv6 address'
});

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** What Intl has a name for though ISO 3166-1 assigns it to no country. Kosovo's XK is let pass. */
const noCountries = new Set(
	'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH QO RH SU TA TP UK UN VD XA XB YD YU ZR ZZ'.split(
		' '
	)
);

export const countryCode = z
	.string({ error: 'must be text' })
	.regex(/^[A-Z]{2}$/, { error: 'must be two capital letters (ISO 3166)', abort: true })
	.refine((code) => isCountry(code), 'is not a country (ISO 3166 alpha-2)');

function isCountry(code: string): boolean {
	return regions.of(code) !== undefined && !noCountries.has(code);
}

/** `DD/MM/YYYY`, a day that was: the 30th of February is none. */
export const birthDate = z
	.string({ error: 'must be text' })
	.regex(/^\d{2}\/\d{2}\/\d{4}$/, { error: 'must be a date as DD/MM/YYYY', abort: true })
	.refine((written) => {
		const [day = 0, month = 0, year = 0] = written.split('/').map(Number);
		const date = new Date(Date.UTC(year, month - 1, day));
		const same = date.getUTCDate() === day && date.getUTCMonth() === month - 1;
		return same && year >= 1850 && date.getTime() <= Date.now();
	}, 'is not a day in the past');

export const localeTag = text(35).refine((tag) => {
	try {
		return Intl.getCanonicalLocales(tag).length === 1;
	} catch {
		return false;
	}
}, 'must be a language tag such as en or ar-EG (BCP 47)');
