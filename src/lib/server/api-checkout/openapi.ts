import { z } from 'zod';
import type { ZodOpenApiObject, ZodOpenApiOperationObject } from 'zod-openapi';
import { describeOperation } from '$lib/server/http/describe-operation';
import { describeElsewhere, jsonOf, marks } from '$lib/server/http/openapi';
import { credentialsBody } from '$lib/server/http/read-client-credentials';
import { answers } from './answers';
import * as examples from './examples';
import { affairs } from './openapi-affairs';
import { bearerCodes, linkCodes, refusals, refusalsOfTokens } from './openapi-refusals';
import { shapes } from './request-shapes';

const paymentId = z.string().meta({
	description: 'The payment’s id.',
	examples: [examples.read.data.id],
	'x-fresh': 'payment'
});

const way = {
	provider: z.string().meta({ description: 'As the methods name it.', examples: ['simulator'] }),
	method: z.string().meta({ examples: ['bank_transfer'] })
};

/** What a checkout's link carries. */
const link = z.object({
	expires: z.string().meta({ description: 'Unix seconds.', 'x-fresh': 'link_expires' }),
	signature: z.string().meta({ description: 'Hex.', 'x-fresh': 'link_signature' })
});

const linkedId = z.string().meta({
	description: 'The id of the payment that the link leads to.',
	'x-fresh': 'link_payment'
});

const accessToken = describeOperation(refusalsOfTokens, {
	operationId: 'createAccessToken',
	tag: 'Access',
	summary: 'Get an access token',
	description:
		'OAuth 2.0 client credentials, as JSON, as a form, or with the client in an ' +
		'`Authorization: Basic` header. Such a token may do everything.',
	isPublic: true,
	body: credentialsBody,
	answer: answers.accessToken,
	codes: ['unauthenticated', 'live_disabled', 'rate_limited', 'internal'],
	samples: { client: examples.accessToken }
});

const checkout = describeOperation(refusals, {
	operationId: 'createCheckout',
	tag: 'Payments',
	summary: 'Create a checkout',
	description: 'Asks for `payments.create`. Send the payer to `checkoutUrl`.',
	body: { schema: shapes.checkout, isKeyed: true },
	answer: answers.checkout,
	codes: [...bearerCodes, 'reference_reused'],
	samples: examples.checkout
});

const payment = describeOperation(refusals, {
	operationId: 'readPayment',
	tag: 'Payments',
	summary: 'One payment',
	description: 'Asks for `payments.get`.',
	path: z.object({ id: paymentId }),
	answer: answers.payment,
	codes: [...bearerCodes, 'not_found'],
	samples: { found: { answer: examples.read } }
});

const page = (most: number) =>
	z
		.string()
		.optional()
		.meta({ override: { type: 'integer', minimum: 1, maximum: most } });

const payments = describeOperation(refusals, {
	operationId: 'listPayments',
	tag: 'Payments',
	summary: 'Your payments',
	description: 'Newest first. Asks for an OAuth2 access token.',
	query: z.object({ page: page(1_000_000), perPage: page(100) }),
	answer: answers.payments,
	codes: [...bearerCodes, 'invalid'],
	samples: { found: { answer: examples.list } }
});

const instructions = describeOperation(refusals, {
	operationId: 'readInstructions',
	tag: 'Paid elsewhere',
	summary: 'How to pay by a method that is paid elsewhere',
	description:
		'Begins the payment by this method where nobody has: the payer’s page then shows it, and from ' +
		'then on the end of this way (`payUntil`, of a transfer 3 days) counts and not `expiresAt`; a ' +
		'part that came waits until then. Asks for `payments.user-instructions.get`.',
	path: z.object({ id: paymentId, ...way }),
	answer: answers.instructions,
	codes: [...bearerCodes, 'not_found', 'invalid', 'already_decided', 'in_progress'],
	samples: { transfer: { answer: examples.instructions } }
});

const methods = describeOperation(refusals, {
	operationId: 'listMethods',
	tag: 'Paid elsewhere',
	summary: 'The methods of a checkout',
	description: 'For its payer: what the link carries is all that is needed.',
	isPublic: true,
	path: z.object({ id: linkedId }),
	query: link,
	answer: answers.methods,
	codes: linkCodes,
	samples: { found: { answer: examples.methods } }
});

const payerInstructions = describeOperation(refusals, {
	operationId: 'readPayerInstructions',
	tag: 'Paid elsewhere',
	summary: 'The same instructions, for the payer',
	description:
		'What the link carries is all that is needed. Reading them begins the payment by this method, ' +
		'as it does for your server.',
	isPublic: true,
	path: z.object({ id: linkedId, ...way }),
	query: link,
	answer: answers.instructions,
	codes: [...linkCodes, 'not_found', 'invalid', 'already_decided', 'in_progress'],
	samples: { transfer: { answer: examples.instructions } }
});

const webhook: ZodOpenApiOperationObject = {
	operationId: 'paymentChanged',
	security: [],
	summary: 'A payment changed',
	description:
		'Posted to the application’s `callbackUrl` until it is answered with 2xx: again after about ' +
		'5 s, 1, 5 and 15 minutes, 1, 4, 10, 14, 20 and 24 hours. `X-Signature` is the HMAC-SHA256 of ' +
		'the body with the application’s secret, in hex; `webhook-signature` follows Standard Webhooks. ' +
		'`payment.confirmed` and `payment.overpaid` mean paid; compare `receivedAmount` with `amount` ' +
		'where the application takes less or more. The payer’s way back to `redirectUrl` opens once ' +
		'the webhook of the end was answered with 2xx, or 5 s after the end, whichever is first.',
	requestParams: {
		header: z.object({
			'X-Signature': z.string(),
			'webhook-id': z.string().meta({ description: 'The same each time it is sent.' }),
			'webhook-timestamp': z.string().meta({ description: 'Unix seconds.' }),
			'webhook-signature': z.string()
		})
	},
	requestBody: { content: jsonOf(answers.webhook, { confirmed: examples.webhook }) },
	responses: { '2XX': { description: 'Heard.' } }
};

/** The Checkout API as an OpenAPI document. apis/checkout.md. */
export function describeApi(): ZodOpenApiObject {
	return {
		openapi: '3.1.1',
		info: {
			title: 'Checkout API',
			version: '1',
			description:
				'Payments of your applications, on pages that a signed link opens. Callers are an OAuth2 ' +
				'client, who may do everything, or a client token of one application with scopes: ' +
				'`payments.create`, `payments.get`, `payments.user-instructions.get`, or `*` for all ' +
				'three.\n\nAmounts are integers of minor units by ISO 4217, for every currency: 2000 in YER ' +
				'are 20.00, though nobody pays fractions of it. The Charges API counts that currency, and ' +
				`some others, in whole units: do not carry amounts over.\n\n${marks}`
		},
		servers: [{ url: '/' }],
		security: [{ bearer: [] }],
		tags: [
			{ name: 'Access', description: 'Tokens for your server.' },
			{ name: 'Payments', description: 'Checkouts and how they stand.' },
			{ name: 'Paid elsewhere', description: 'Bank transfers and wallets, without our page.' },
			{ name: 'Applications', description: 'What your payments belong to, and its tokens.' }
		],
		paths: {
			'/oauth/token': { post: accessToken },
			'/api/payment/checkout': { post: checkout },
			'/api/payment/{id}': { get: payment },
			'/api/payments': { get: payments },
			'/api/payment/{id}/provider/{provider}/method/{method}': { get: instructions },
			'/api/checkout/{id}/payment-methods': { get: methods },
			'/api/checkout/payment/{id}/provider/{provider}/method/{method}': { get: payerInstructions },
			...affairs
		},
		webhooks: { payment: { post: webhook } },
		components: {
			responses: describeElsewhere(refusals),
			securitySchemes: {
				bearer: {
					type: 'http',
					scheme: 'bearer',
					description: 'Of `POST /oauth/token`, or a client token.'
				}
			}
		}
	};
}
