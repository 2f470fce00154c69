import { z } from 'zod';
import { isCurrency } from '$lib/money/currencies';
import { MAX_AMOUNT } from '$lib/money/money';
import { isJsonNumber, type JsonNumber } from '$lib/server/http/read-strict-json';
import { text } from '$lib/server/http/request-fields';

/** A whole number of minor units, written without sign, fraction or exponent. */
export const minorUnits = z
	.custom<JsonNumber>(isJsonNumber, { error: 'must be a whole number of minor units' })
	.transform((number) => number.text)
	.refine((digits) => /^(0|[1-9]\d*)$/.test(digits), 'must be a whole number of minor units')
	.refine((digits) => digits.length <= String(MAX_AMOUNT).length, 'must be at most 15 digits')
	.transform(Number)
	.refine((amount) => amount > 0, 'must be more than 0')
	.meta({ override: { type: 'integer', minimum: 1, maximum: MAX_AMOUNT } });

export const currencyCode = z
	.string({ error: 'must be text' })
	.refine(isCurrency, 'must be a currency in capital letters (ISO 4217)')
	.meta({ examples: ['USD', 'EUR'], override: { pattern: '^[A-Z]{3}$' } });

/** ISO 8601 with a time zone; becomes milliseconds since 1970. */
export const moment = z
	.string({ error: 'must be text' })
	.max(40, 'must be at most 40 characters')
	.pipe(
		z.iso.datetime({
			offset: true,
			error: 'must be a moment with its time zone, as 2030-01-31T12:00:00Z (ISO 8601)'
		})
	)
	.transform((written) => Date.parse(written))
	.meta({ examples: ['2030-01-31T12:00:00Z'], override: { format: 'date-time' } });

export const flag = z.boolean({ error: 'must be true or false' });

const WHSEC = 'whsec_';
const SECRET_RULE = 'after whsec_ must be base64 of 24 to 64 bytes (Standard Webhooks)';

/** What webhooks are signed with: any text, or one in the form of Standard Webhooks. */
export const webhookSecret = text(255)
	.min(16, 'must be at least 16 characters')
	.refine((secret) => !secret.startsWith(WHSEC) || isKey(secret.slice(WHSEC.length)), SECRET_RULE);

function isKey(base64: string): boolean {
	const bytes = Buffer.from(base64, 'base64');
	return bytes.length >= 24 && bytes.length <= 64 && bytes.toString('base64') === base64;
}

/** A list without repeats. */
export function listOf<Item extends z.ZodType>(item: Item, most: number) {
	return z
		.array(item, { error: 'must be a list' })
		.max(most, `must have at most ${most} entries`)
		.refine((items) => new Set(items).size === items.length, 'must name nothing twice')
		.meta({ override: { uniqueItems: true } });
}

/** A field that another product takes and we do not; null says nothing. */
export function unsupported(why: string) {
	return z.null({ error: `is not supported here: ${why}` }).optional();
}
