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

/**
 * A number as the strict reader gives it. `as` is what the API's document says of it: the document
 * describes JSON, in which it is a number like any other.
 */
function jsonNumber(as: { type: 'number' | 'integer'; minimum?: number }, error?: string) {
	return z
		.custom<JsonNumber>(isJsonNumber, error === undefined ? {} : { error })
		.meta({ override: as })
		.transform((number) => number.text);
}

/** What an API's document says of text that may as well be written as a number. */
function textOrNumber(rules: Record<string, unknown>) {
	return ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
		delete jsonSchema.anyOf;
		Object.assign(jsonSchema, rules);
	};
}

/** A number as it was written, or the same as text: `10.05`, `"10.05"`. */
export const decimal = z
	.union([z.string(), jsonNumber({ type: 'number' })], {
		error: 'must be a number or a decimal in text'
	})
	.meta({
		examples: ['10.05', 10.05],
		override: textOrNumber({
			type: ['string', 'number'],
			pattern: String.raw`^(0|[1-9]\d*)(\.\d+)?$`,
			exclusiveMinimum: 0
		})
	});

/** A whole number without sign, exponent or leading zero. */
export function wholeNumber(least: number, most: number) {
	return jsonNumber({ type: 'integer' }, 'must be a whole number')
		.refine((digits) => /^(0|[1-9]\d{0,9})$/.test(digits), 'must be a whole number')
		.transform(Number)
		.refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`)
		.meta({ override: { type: 'integer', minimum: least, maximum: most } });
}

/** The merchant's id of a payer: text, or a whole number taken as its digits. */
export function reference(max: number) {
	const digits = jsonNumber({ type: 'integer', minimum: 0 }).refine(
		(written) => /^(0|[1-9]\d{0,18})$/.test(written),
		'must be text or a whole number'
	);
	return z
		.union([text(max), digits], {
			error: `must be text of 1 to ${max} characters or a whole number`
		})
		.meta({
			override: textOrNumber({
				type: ['string', 'integer'],
				minLength: 1,
				maxLength: max,
				minimum: 0
			})
		});
}

/** Digits, written as a number or as text: parts of a telephone number. */
export function digits(max: number) {
	const rule = `must be 1 to ${max} digits`;
	return z
		.union([z.string(), jsonNumber({ type: 'integer', minimum: 0 })], { error: rule })
		.refine((written) => /^\d+$/.test(written) && written.length <= max, rule)
		.meta({
			override: textOrNumber({
				type: ['string', 'integer'],
				pattern: String.raw`^\d+$`,
				maxLength: max,
				minimum: 0
			})
		});
}

export const ipAddress = z
	.union([z.ipv4(), z.ipv6()], { error: 'must be an IPv4 or IPv6 address' })
	.meta({
		examples: ['203.0.113.7', '2001:db8::7'],
		override: ({ jsonSchema }) => {
			// Zod's pattern for IPv6 knows fewer forms than its check.
			jsonSchema.anyOf = ['ipv4', 'ipv6'].map((format) => ({ type: 'string', format }));
		}
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
	.refine((code) => isCountry(code), 'is not a country (ISO 3166 alpha-2)')
	.meta({ description: 'ISO 3166 alpha-2.', examples: ['GB', 'US', 'YE'] });

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
	}, 'is not a day in the past')
	.meta({ description: '`DD/MM/YYYY`.', examples: ['05/03/2000'] });

export const localeTag = text(35)
	.refine((tag) => {
		try {
			return Intl.getCanonicalLocales(tag).length === 1;
		} catch {
			return false;
		}
	}, 'must be a language tag such as en or ar-EG (BCP 47)')
	.meta({ description: 'Language tag (BCP 47).', examples: ['en', 'ar-EG'] });
