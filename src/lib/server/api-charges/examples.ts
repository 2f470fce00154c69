import type { ErrorCode } from '$lib/server/errors';
import type { Charge, ChargeList, Token } from './answers';

/** The examples of the API's document. A test runs every one of them against the server. */

const charge: Charge = {
	id: 'chg_01936b2c5f4e7a3d9c8b7a6f5e4d3c2b',
	status: 'INITIATED',
	amount: 2000,
	currency: 'YER',
	description: 'Purchase of a watch',
	transaction_url: 'https://pay.example/pay/Mtg4OakI0YSGdHPY1y4vUnGLOaMxnJJZ9BX09LQ1u3y',
	created: 1_798_761_600,
	amount_decimal: '2000',
	reference: null,
	customer: null,
	metadata: null,
	redirect_url: 'https://shop.example/thanks',
	post_url: 'https://shop.example/hooks/charges',
	failure_code: null,
	failure_message: null
};

const said = {
	reference: 'order-1001',
	customer: { name: 'Arwa Saleh', email: 'arwa@example.com', phone: '+967 771 234 567' },
	metadata: { basket: '77' }
};

const { amount, currency, description, redirect_url, post_url } = charge;

export const create = {
	shortest: {
		request: { amount: 2000, currency: 'USD', redirect_url, post_url },
		answer: { ...charge, currency: 'USD', amount_decimal: '20.00', description: null }
	},
	whole: {
		request: { amount, currency, description, redirect_url, post_url, ...said, locale: 'ar-YE' },
		answer: { ...charge, ...said }
	}
} satisfies Record<string, { request: unknown; answer: Charge }>;

export const read: Charge = { ...charge, ...said };

export const list: ChargeList = { data: [read], has_more: false };

export const canceled: Charge = {
	...read,
	status: 'FAILED',
	failure_code: 'canceled_by_merchant',
	failure_message: 'The merchant canceled the charge.'
};

export const captured: Charge = { ...read, status: 'CAPTURED' };

/** Of `POST /v1/auth/token`. */
export const token = {
	request: {
		client_id: '0f4e2ab6c1d94e7f',
		client_secret: 'a-secret-that-was-shown-once',
		grant_type: 'client_credentials'
	},
	answer: { access_token: 'eN3k8Vv0wq', token_type: 'Bearer', expires_in: 3300 } satisfies Token
};

interface Said {
	message: string;
	param?: string;
}

/** What is said in each refusal that the calls can meet. */
export const refusals: Partial<Record<ErrorCode, Said>> = {
	unreadable: { message: 'The body is not valid JSON: it ends too early.' },
	unauthenticated: { message: 'The token is unknown, expired or was revoked' },
	live_disabled: { message: 'Live tokens do not work on this installation' },
	method_not_allowed: { message: 'This address does not take PATCH' },
	not_found: { message: 'No charge has this id' },
	reference_reused: { message: 'This reference belongs to another order' },
	not_cancelable: { message: 'The charge has ended, or money is on its way' },
	too_large: { message: 'The body must be at most 262144 bytes.' },
	unsupported_content_type: {
		message: 'The body must be sent with the content type application/json.'
	},
	invalid: { message: 'amount: must be a whole number', param: 'amount' },
	idempotency_mismatch: { message: 'This Idempotency-Key was used with another request' },
	rate_limited: { message: 'More than 6000 requests a minute' }
};
