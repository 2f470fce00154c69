import { z } from 'zod';
import type { ZodOpenApiObject, ZodOpenApiOperationObject } from 'zod-openapi';
import type { ErrorCode } from '$lib/server/errors';
import { describeOperation } from '$lib/server/http/describe-operation';
import { describeElsewhere, jsonOf, marks, type Refusals } from '$lib/server/http/openapi';
import { credentialsBody } from '$lib/server/http/read-client-credentials';
import { wholeUnitCurrencies } from './amounts';
import {
	chargeAnswer,
	chargeListAnswer,
	errorAnswer,
	tokenAnswer,
	type ErrorAnswer
} from './answers';
import { refusals as refusalsByCode, typeOf } from './errors';
import * as examples from './examples';
import { listShape } from './queries';
import { chargeShape, nothingShape } from './requests';

const wordOf = (code: ErrorCode) => refusalsByCode[code][1];

const refusals: Refusals = {
	statuses: Object.fromEntries(
		Object.entries(refusalsByCode).map(([code, [status]]) => [code, status])
	) as Record<ErrorCode, number>,
	schemaOf: (codes) => errorOf(codes.map(wordOf)),
	exampleOf: (code) => exampleOf(code, wordOf(code))
};

/** Who asks for a token is told so in OAuth's words. */
const tokenWords: Partial<Record<ErrorCode, string[]>> = {
	unauthenticated: ['invalid_client'],
	unreadable: ['unreadable', 'unsupported_grant_type']
};

const refusalsOfTokens: Refusals = {
	...refusals,
	schemaOf: (codes) => errorOf(codes.flatMap((code) => tokenWords[code] ?? wordOf(code))),
	exampleOf: (code) => exampleOf(code, tokenWords[code]?.[0] ?? wordOf(code))
};

function errorOf(words: string[]): z.ZodType {
	const { error } = errorAnswer.shape;
	return errorAnswer.extend({ error: error.extend({ code: z.enum(words) }) });
}

function exampleOf(code: ErrorCode, word: string): ErrorAnswer {
	const { message, param } = examples.refusals[code] ?? { message: word };
	const type = typeOf(refusalsByCode[code][0]);
	const request_id = '01930c2e-4d0e-7b3a-8f52-6f1f0a9b7c33';
	return { error: { type, code: word, message, param, request_id } };
}

/** What every call may be refused by. */
const everyCode: ErrorCode[] = ['unauthenticated', 'live_disabled', 'rate_limited', 'internal'];

const chargeId = z.object({
	id: z.string().meta({
		description: 'The charge’s id.',
		examples: [examples.read.id],
		'x-fresh': 'charge'
	})
});

const token = describeOperation(refusalsOfTokens, {
	operationId: 'createToken',
	tag: 'Access',
	summary: 'Get an access token',
	description:
		'Good for 55 minutes. As JSON or as a form; the client may also be named by an ' +
		'`Authorization: Basic` header. Any grant but `client_credentials` is refused with 400 ' +
		'`unsupported_grant_type`.',
	isPublic: true,
	body: credentialsBody,
	answer: tokenAnswer,
	codes: ['unauthenticated', 'rate_limited', 'internal'],
	samples: { client: examples.token }
});

const create = describeOperation(refusals, {
	operationId: 'createCharge',
	tag: 'Charges',
	summary: 'Create a charge',
	description: 'Send the customer to its `transaction_url`.',
	body: { schema: chargeShape, isKeyed: true },
	answer: chargeAnswer,
	status: 201,
	headers: z.object({ Location: z.string().meta({ description: 'Where to read the charge.' }) }),
	codes: [...everyCode, 'reference_reused'],
	samples: examples.create
});

const list = describeOperation(refusals, {
	operationId: 'listCharges',
	tag: 'Charges',
	summary: 'Your charges',
	description: 'Newest first; go on from the last one by `starting_after`.',
	query: listShape,
	answer: chargeListAnswer,
	codes: [...everyCode, 'invalid'],
	samples: { found: { answer: examples.list } }
});

const read = describeOperation(refusals, {
	operationId: 'readCharge',
	tag: 'Charges',
	summary: 'One charge',
	description: 'How it stands.',
	path: chargeId,
	answer: chargeAnswer,
	codes: [...everyCode, 'not_found'],
	samples: { found: { answer: examples.read } }
});

const cancel = describeOperation(refusals, {
	operationId: 'cancelCharge',
	tag: 'Charges',
	summary: 'Cancel a charge',
	description: 'While nothing is with a provider. To say it again changes nothing.',
	path: chargeId,
	body: { schema: nothingShape, isOptional: true, isKeyed: true },
	answer: chargeAnswer,
	codes: [...everyCode, 'not_found', 'not_cancelable'],
	samples: { canceled: { request: {}, answer: examples.canceled } }
});

const webhook: ZodOpenApiOperationObject = {
	operationId: 'chargeEnded',
	security: [],
	summary: 'A charge was captured, or failed',
	description:
		'Posted to `post_url` until it is answered with 2xx: again after about 5 s, 1, 5 and 15 ' +
		'minutes, 1, 4, 10, 14, 20 and 24 hours. It is the source of truth: the customer’s way back ' +
		'opens once it was answered with 2xx, or 5 s after the end, whichever is first; the page then ' +
		'leaves by itself once it could be read, about 5 s after the end. `webhook-signature` follows ' +
		'Standard Webhooks.',
	requestParams: {
		header: z.object({
			'webhook-id': z.string().meta({ description: 'The same each time it is sent.' }),
			'webhook-timestamp': z.string().meta({ description: 'Unix seconds.' }),
			'webhook-signature': z.string()
		})
	},
	requestBody: { content: jsonOf(chargeAnswer, { captured: examples.captured }) },
	responses: { '2XX': { description: 'Heard.' } }
};

/** The Charges API as an OpenAPI document. apis/charges.md. */
export function describeApi(): ZodOpenApiObject {
	return {
		openapi: '3.1.1',
		info: {
			title: 'Charges API',
			version: '1',
			description:
				'One charge, one page on which it is paid. Get a token, create a charge, send the customer ' +
				'to its `transaction_url`, fulfil when the webhook says CAPTURED.\n\nAmounts are integers ' +
				'in the unit that people use: the minor unit (2000 USD are 20.00), or the whole unit of ' +
				`currencies whose fraction is out of use: ${wholeUnitCurrencies.join(', ')}.\n\n${marks}`
		},
		servers: [{ url: '/v1' }],
		security: [{ token: [] }],
		tags: [
			{ name: 'Access', description: 'Tokens for your server.' },
			{ name: 'Charges', description: 'Payments and how they stand.' }
		],
		paths: {
			'/auth/token': { post: token },
			'/charges': { post: create, get: list },
			'/charges/{id}': { get: read },
			'/charges/{id}/cancel': { post: cancel }
		},
		webhooks: { charge: { post: webhook } },
		components: {
			responses: describeElsewhere(refusals),
			securitySchemes: {
				token: { type: 'http', scheme: 'bearer', description: 'Of `POST /auth/token`.' }
			}
		}
	};
}
