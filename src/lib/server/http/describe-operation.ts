import type { z } from 'zod';
import type { ZodOpenApiMediaTypeObject, ZodOpenApiOperationObject } from 'zod-openapi';
import type { ErrorCode } from '$lib/server/errors';
import {
	answerHeaders,
	bodyCodes,
	describeRefusals,
	idempotencyKey,
	jsonOf,
	keyedCodes,
	repeatableHeaders,
	type Refusals
} from './openapi';

/** An operation of an API, as its document tells it. */
export interface Described {
	operationId: string;
	tag: string;
	summary: string;
	description: string;
	/** Whether anybody may call it. */
	isPublic?: boolean;
	path?: z.ZodObject;
	query?: z.ZodObject;
	body?: {
		schema: z.ZodType;
		/** Without it, JSON alone. */
		types?: string[];
		isOptional?: boolean;
		/** Whether a POST honours `Idempotency-Key`. */
		isKeyed?: boolean;
	};
	answer: z.ZodType;
	/** Of an answer that does what was asked; without it 200. */
	status?: 200 | 201;
	headers?: z.ZodObject;
	/** Besides those that every body can be refused by. */
	codes: readonly ErrorCode[];
	/** By name: what is sent, where there is a body, and what it is answered with. */
	samples: Record<string, { request?: unknown; answer: unknown }>;
}

/** An operation with everything that it can be answered with. */
export function describeOperation(
	refusals: Refusals,
	{ path, query, body, answer, status = 200, codes, samples, tag, ...rest }: Described
): ZodOpenApiOperationObject {
	const { isPublic, headers, ...texts } = rest;
	const usual = body?.isKeyed ? repeatableHeaders : answerHeaders;
	return {
		...texts,
		tags: [tag],
		...(isPublic && { security: [] }),
		requestParams: {
			...(path && { path }),
			...(query && { query }),
			...(body?.isKeyed && { header: idempotencyKey })
		},
		...(body && { requestBody: bodyOf(body, samples) }),
		responses: {
			[status]: {
				description: 'Done.',
				headers: headers ? usual.extend(headers.shape) : usual,
				content: jsonOf(answer, sideOf(samples, 'answer'))
			},
			...describeRefusals(refusals, [
				...codes,
				...(body ? bodyCodes : []),
				...(body?.isKeyed ? keyedCodes : [])
			])
		}
	};
}

function bodyOf(
	{ schema, types = ['application/json'], isOptional }: NonNullable<Described['body']>,
	samples: Described['samples']
) {
	const { 'application/json': json } = jsonOf(schema, sideOf(samples, 'request'));
	const content: Record<string, ZodOpenApiMediaTypeObject> = {};
	for (const type of types) content[type] = json;
	return { required: !isOptional, content };
}

function sideOf(samples: Described['samples'], side: 'request' | 'answer') {
	const shown = Object.entries(samples).filter(([, sample]) => sample[side] !== undefined);
	return Object.fromEntries(shown.map(([name, sample]) => [name, sample[side]]));
}
