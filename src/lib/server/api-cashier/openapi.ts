import { z } from 'zod';
import type { ZodOpenApiObject, ZodOpenApiOperationObject } from 'zod-openapi';
import type { ErrorCode } from '$lib/server/errors';
import { describeOperation, type Described } from '$lib/server/http/describe-operation';
import { describeElsewhere, jsonOf, marks, type Refusals } from '$lib/server/http/openapi';
import {
	approvedAnswer,
	directAnswer,
	errorAnswer,
	listAnswer,
	openedAnswer,
	rejectedAnswer,
	serverAnswer,
	statusAnswer,
	webhookBody,
	type ErrorAnswer
} from './answers';
import { statuses } from './errors';
import * as examples from './examples';
import { cardShape, decisionShape, shapes } from './request-shapes';

const refusals: Refusals = {
	statuses,
	schemaOf: (codes) => errorAnswer.extend({ code: z.enum(codes) }),
	exampleOf(code): ErrorAnswer {
		const { error, errors } = examples.refusals[code] ?? { error: code };
		return { error, code, errors, request_id: '01930c2e-4d0e-7b3a-8f52-6f1f0a9b7c33' };
	}
};

/** A GET has no body that could be unreadable: its parameters are. */
const refusalsOfGets: Refusals = {
	...refusals,
	exampleOf: (code) =>
		code === 'unreadable'
			? { ...(refusals.exampleOf(code) as object), ...examples.unreadableQuery }
			: refusals.exampleOf(code)
};

/** What every call may be refused by. */
const everyCode: ErrorCode[] = ['unauthenticated', 'live_disabled', 'rate_limited', 'internal'];

/** A call with a body. */
function post(call: Omit<Described, 'body'> & { body: z.ZodType }): ZodOpenApiOperationObject {
	const body = { schema: call.body, isKeyed: true };
	return describeOperation(refusals, { ...call, body, codes: [...everyCode, ...call.codes] });
}

/** A call whose words are in its query. */
function get(call: Described): ZodOpenApiOperationObject {
	const codes: ErrorCode[] = [...everyCode, 'unreadable', ...call.codes];
	return describeOperation(refusalsOfGets, { ...call, codes });
}

const day = z
	.string()
	.regex(/^\d{2}-\d{2}-\d{4}$/)
	.meta({ description: '`DD-MM-YYYY`, UTC.', examples: ['20-11-2026'], 'x-fresh': 'day' })
	.optional();

const cashier = post({
	operationId: 'openCashier',
	tag: 'Cashiers',
	summary: 'Open a deposit cashier',
	description: 'The token opens a page on which the payer pays in.',
	body: shapes.cashier,
	answer: openedAnswer,
	codes: ['wrong_mode', 'reference_reused'],
	samples: examples.cashier
});

const withdrawal = post({
	operationId: 'openWithdrawal',
	tag: 'Cashiers',
	summary: 'Open a withdrawal cashier',
	description: 'The token opens a page on which the payer asks for a payout; then you decide.',
	body: shapes.withdrawal,
	answer: openedAnswer,
	codes: ['wrong_mode', 'reference_reused'],
	samples: examples.withdrawal
});

const direct = post({
	operationId: 'payDirect',
	tag: 'Without a page',
	summary: 'Lead a payer to a provider',
	description: 'The address is the provider’s own page, past the cashier.',
	body: shapes.direct,
	answer: directAnswer,
	codes: ['wrong_mode', 'reference_reused'],
	samples: examples.direct
});

const s2s = post({
	operationId: 'payByCard',
	tag: 'Without a page',
	summary: 'Charge a card that your own form took',
	description:
		'For merchants who may handle card numbers (PCI DSS). The card goes to the provider that ' +
		'your rules choose. `pending` without a `url` means that the bank’s answer got lost: it is ' +
		'asked for, and a webhook follows. Do not charge again.',
	body: shapes.s2s.extend({ card_details: cardShape }),
	answer: serverAnswer,
	codes: ['wrong_mode', 'reference_reused'],
	samples: examples.s2s
});

const approve = post({
	operationId: 'approveWithdrawal',
	tag: 'Payouts',
	summary: 'Approve a payout',
	description: 'It goes to its provider. The same decision may be sent again.',
	body: decisionShape,
	answer: approvedAnswer,
	codes: ['not_found', 'not_requested', 'already_decided'],
	samples: examples.approve
});

const reject = post({
	operationId: 'rejectWithdrawal',
	tag: 'Payouts',
	summary: 'Reject a payout',
	description: 'The money is yours again. The same decision may be sent again.',
	body: decisionShape,
	answer: rejectedAnswer,
	codes: ['not_found', 'not_requested', 'already_decided'],
	samples: examples.reject
});

const status = get({
	operationId: 'readStatus',
	tag: 'Transactions',
	summary: 'One transaction',
	description: 'Of several orders under one `tracking_id` the newest counts.',
	query: z.object({
		id: z
			.string()
			.min(1)
			.max(128)
			.meta({
				description: 'Our `transaction_id` or your `tracking_id`.',
				examples: ['order-1001'],
				'x-fresh': 'transaction'
			})
	}),
	answer: statusAnswer,
	codes: ['not_found'],
	samples: { found: { answer: examples.status } }
});

const transactions = get({
	operationId: 'listTransactions',
	tag: 'Transactions',
	summary: 'The transactions of some days',
	description: 'Newest first; without dates today’s. The days are at most seven apart.',
	query: z.object({ from: day, to: day }),
	answer: listAnswer,
	codes: [],
	samples: { found: { answer: examples.transactions } }
});

const webhook: ZodOpenApiOperationObject = {
	operationId: 'transactionChanged',
	security: [],
	summary: 'A transaction changed',
	description:
		'Sent on each of `pending` (a payout was requested, or a provider is undecided), ' +
		'`successful` and `rejected`, until it is answered with 2xx: again after about 5 s, 1, 5 and ' +
		'15 minutes, 1, 4, 10, 14, 20 and 24 hours. `webhook-signature` follows Standard Webhooks; ' +
		'`x-signature` is the SHA-1 of body and signature password in capital hex digits.',
	requestParams: {
		header: z.object({
			'x-signature': z.string(),
			'webhook-id': z.string().meta({ description: 'The same each time it is sent.' }),
			'webhook-timestamp': z.string().meta({ description: 'Unix seconds.' }),
			'webhook-signature': z.string()
		})
	},
	requestBody: { content: jsonOf(webhookBody, { deposit: examples.webhook }) },
	responses: { '2XX': { description: 'Heard.' } }
};

/** The Cashier API as an OpenAPI document. apis/cashier.md. */
export function describeApi(): ZodOpenApiObject {
	return {
		openapi: '3.1.1',
		info: {
			title: 'Cashier API',
			version: '1',
			description:
				'Deposits and withdrawals on pages of ours, and payments without a page. Calls carry an ' +
				'API key; a key is for test mode or for live mode, on the same addresses. What counts ' +
				`is the webhook.\n\n${marks}`
		},
		servers: [{ url: '/api/v1' }],
		security: [{ key: [] }],
		tags: [
			{ name: 'Cashiers', description: 'Pages on which a payer pays in or is paid out.' },
			{ name: 'Without a page', description: 'Payments that your server makes in one call.' },
			{ name: 'Payouts', description: 'Your decision on what a payer has asked for.' },
			{ name: 'Transactions', description: 'How payments stand.' }
		],
		paths: {
			'/cashier': { post: cashier },
			'/withdrawal': { post: withdrawal },
			'/direct': { post: direct },
			'/s2s': { post: s2s },
			'/withdrawal/approve': { post: approve },
			'/withdrawal/reject': { post: reject },
			'/transaction/status': { get: status },
			'/transactions': { get: transactions }
		},
		webhooks: { transaction: { post: webhook } },
		components: {
			responses: describeElsewhere(refusals),
			securitySchemes: {
				key: {
					type: 'apiKey',
					in: 'header',
					name: 'x-api-key',
					description: 'A key of your application, `cd_test_…` or `cd_live_…`.'
				}
			}
		}
	};
}
