import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
	createDocument,
	type ZodOpenApiMediaTypeObject,
	type ZodOpenApiObject,
	type ZodOpenApiResponseObject,
	type ZodOpenApiResponsesObject
} from 'zod-openapi';
import type { ErrorCode } from '$lib/server/errors';

/** What the APIs' documents have in common. Each dialect's openapi.ts says the rest. */

/** When a refusal is given, in words that suit every API. */
const meanings: Record<ErrorCode, string> = {
	unreadable: 'The body is no JSON, or a parameter cannot be read.',
	unauthenticated: 'What says who is calling is missing, mistyped, expired or revoked.',
	wrong_mode: 'The key is for the other mode.',
	live_disabled: 'Live mode is off on this installation.',
	insufficient_scope: 'The token may not do this.',
	link_invalid: 'The link was changed.',
	link_expired: 'The link has expired.',
	not_found: 'Nothing of yours has this id.',
	method_not_allowed: 'The address takes another method.',
	reference_reused: 'This reference belongs to another order that is open or paid.',
	in_progress: 'A call with this `Idempotency-Key` is still running.',
	already_decided: 'This payout was decided otherwise, or the payer took it back.',
	not_requested: 'The payer has not asked for this payout yet.',
	not_refundable: 'There is nothing to refund.',
	not_cancelable: 'It has ended, or money is on its way.',
	too_large: 'The body is too large.',
	unsupported_content_type: 'The body is of another content type.',
	invalid: 'Fields are faulty.',
	idempotency_mismatch: 'This `Idempotency-Key` was used with another body.',
	rate_limited: 'Too many calls; `Retry-After` says how many seconds to wait.',
	internal: 'Our fault; please tell us the id of the request.'
};

/** Refusals that no caller can bring about at will have no example, since each one is run. */
const withoutExample = new Set<ErrorCode>(['in_progress', 'internal']);

/** How a dialect refuses, for its document. */
export interface Refusals {
	statuses: Record<ErrorCode, number>;
	/** The body of a refusal by one of these codes. */
	schemaOf(codes: [ErrorCode, ...ErrorCode[]]): z.ZodType;
	exampleOf(code: ErrorCode): unknown;
}

const requestId = z.string().meta({ description: 'The id of the request, in our logs too.' });

const retryAfter = z.string().meta({ description: 'Seconds.', examples: ['17'] });

/** The headers of every answer that came of work. */
export const answerHeaders = z.object({ 'x-request-id': requestId });

/** The header by which a POST can be sent again. */
export const idempotencyKey = z.object({
	'Idempotency-Key': z
		.string()
		.regex(/^[\x21-\x7e]{1,255}$/)
		.optional()
		.meta({
			description:
				'For 24 hours the same key and body get the stored answer, marked with ' +
				'`Idempotent-Replayed: true`. 1 to 255 visible ASCII characters.'
		})
});

/** The same for an answer that may be a stored one. */
export const repeatableHeaders = answerHeaders.extend({
	'Idempotent-Replayed': z
		.literal('true')
		.optional()
		.meta({ description: 'The answer of an earlier call with this `Idempotency-Key`.' })
});

/** What every POST with a JSON body may be refused by. */
export const bodyCodes = [
	'unreadable',
	'too_large',
	'unsupported_content_type',
	'invalid'
] as const satisfies ErrorCode[];

/** What a POST that honours `Idempotency-Key` may be refused by because of it. */
export const keyedCodes = ['in_progress', 'idempotency_mismatch'] as const satisfies ErrorCode[];

/** The answers by which an operation refuses, by their status. */
export function describeRefusals(
	{ statuses, schemaOf, exampleOf }: Refusals,
	codes: readonly ErrorCode[]
): ZodOpenApiResponsesObject {
	const byStatus = Map.groupBy(new Set(codes), (code) => statuses[code]);
	const entries = [...byStatus].sort(([one], [other]) => one - other);
	return Object.fromEntries(
		entries.map(([status, group]) => {
			const [first, ...rest] = group;
			if (first === undefined) throw new Error('A group has at least one code');
			return [
				String(status),
				{
					description: group.map((code) => meanings[code]).join(' '),
					headers: group.includes('rate_limited')
						? answerHeaders.extend({ 'Retry-After': retryAfter })
						: answerHeaders,
					content: {
						'application/json': {
							schema: schemaOf([first, ...rest]),
							examples: Object.fromEntries(
								group
									.filter((code) => !withoutExample.has(code))
									.map((code) => [code, { summary: meanings[code], value: exampleOf(code) }])
							)
						}
					}
				}
			];
		})
	);
}

/** What addresses and methods that are no operation are answered with: no path has a place for it. */
export function describeElsewhere(refusals: Refusals): Record<string, ZodOpenApiResponseObject> {
	const answerOf = (code: ErrorCode) => {
		const [answer] = Object.values(describeRefusals(refusals, [code]));
		return answer as ZodOpenApiResponseObject;
	};
	return { MethodNotAllowed: answerOf('method_not_allowed'), NoSuchAddress: answerOf('not_found') };
}

/** JSON with examples; those of an answer bear the names of the requests that they answer. */
export function jsonOf(
	schema: z.ZodType,
	examples: Record<string, unknown>
): Record<'application/json', ZodOpenApiMediaTypeObject> {
	const named = Object.entries(examples).map(([name, value]) => [
		name,
		{ summary: name.replaceAll('_', ' ').replace(/^./, (letter) => letter.toUpperCase()), value }
	]);
	return { 'application/json': { schema, examples: Object.fromEntries(named) } };
}

/** What the description of a field that is marked `x-fresh` ends with: readers see no marks. */
const needsOwn = 'Needs a value of your own.';

/** What all documents say of such fields. */
export const marks =
	`Where a field’s description ends with “${needsOwn}”, the example’s value is not for you: give a ` +
	'new reference for each order, an address of yours, an id that an earlier answer gave. Programs ' +
	'find these fields by `x-fresh`. All other values run as they stand.';

/** Makes an `openapi.json` address: the document is written once, and known by its ETag. */
export function serveDocument(describe: () => ZodOpenApiObject) {
	let written: { text: string; etag: string } | undefined;
	return ({ request }: { request: Request }): Response => {
		written ??= writeDocument(describe());
		const { text, etag } = written;
		const headers = { etag, 'cache-control': 'no-cache', vary: 'accept-encoding' };
		const known = request.headers.get('if-none-match')?.split(',') ?? [];
		if (known.some((tag) => tag.trim() === etag)) {
			return new Response(null, { status: 304, headers });
		}
		return new Response(text, { headers: { ...headers, 'content-type': 'application/json' } });
	};
}

/** The document as JSON, and the tag of its content. */
export function writeDocument(description: ZodOpenApiObject): { text: string; etag: string } {
	const document = createDocument(description, {
		// A number as the strict reader gives it; what it is to the outside, the schema around it says.
		allowEmptySchema: { custom: true },
		override({ jsonSchema, zodSchema }) {
			// Zod keeps examples from what is changed as it is read, though they are of what is sent.
			const { example, examples } = z.globalRegistry.get(zodSchema as unknown as z.ZodType) ?? {};
			delete jsonSchema.example;
			if (example !== undefined) jsonSchema.examples = [example];
			else if (Array.isArray(examples)) jsonSchema.examples = examples;
		}
	});
	const text = JSON.stringify(sayFresh(document));
	// Weak: it names the content, which is the same under each encoding.
	return { text, etag: `W/"${createHash('sha256').update(text).digest('base64url')}"` };
}

/** A part of a document, with what readers have to know of its marked fields in their words. */
function sayFresh(part: unknown): unknown {
	if (Array.isArray(part)) return part.map(sayFresh);
	if (typeof part !== 'object' || part === null) return part;
	const entries = Object.entries(part).map(([name, inner]) => [name, sayFresh(inner)]);
	const told = Object.fromEntries(entries) as Record<string, unknown>;
	// A parameter is described beside its schema.
	const isMarked = 'x-fresh' in told || ('in' in told && 'x-fresh' in Object(told.schema));
	if (!isMarked) return told;
	const { description = '' } = told as { description?: string };
	return { ...told, description: `${description.replace(/[^.]$/, '$&.')} ${needsOwn}`.trim() };
}
