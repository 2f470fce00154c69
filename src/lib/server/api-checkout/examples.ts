import type { ErrorCode } from '$lib/server/errors';
import type {
	ApplicationView,
	ErrorAnswer,
	InstructionsView,
	MethodView,
	NewTokenView,
	PaymentView,
	TokenError,
	TokenView,
	Webhook
} from './answers';

/** The examples of the API's document. A test runs every one of them against the server. */

const id = '01936b2c-5f4e-7a3d-9c8b-7a6f5e4d3c2b';
const clientId = '0123456789abcdef0123456789abcdef';
const userId = '01936b2c-0000-7a3d-9c8b-7a6f5e4d3c2b';
const createdAt = '2026-11-21T12:00:00.000Z';

const payment: PaymentView = {
	id,
	userId,
	status: 'PENDING',
	reference: 'ORDER-123',
	referenceLabel: 'Order #123',
	amount: 10000,
	currencyCode: 'USD',
	settlementCurrencyCode: 'USD',
	clientId,
	createdAt,
	expiresAt: '2026-11-21T13:00:00.000Z',
	receivedAmount: 0
};

const opened = {
	data: {
		checkoutUrl: `https://pay.example/checkout/${id}?expires=1795266000&signature=${'5f'.repeat(32)}`,
		id
	}
};

const order = {
	amount: 10000,
	currencyCode: 'USD',
	reference: 'ORDER-123',
	referenceLabel: 'Order #123',
	clientId
};

export const checkout = {
	shortest: { request: order, answer: opened },
	whole: {
		request: {
			...order,
			redirectUrl: 'https://shop.example/thanks',
			expiresAt: '2030-01-31T12:00:00Z',
			settlementCurrencyCode: 'EUR'
		},
		answer: opened
	}
};

export const read = { data: payment };

export const list = {
	data: [payment],
	meta: { page: 1, perPage: 15, total: 1, lastPage: 1 }
};

const method: MethodView = {
	provider: 'simulator',
	method: 'bank_transfer',
	name: 'Bank transfer',
	kind: 'bank_transfer',
	usable: true,
	reason: null,
	fee: 0,
	lowest: null,
	highest: null,
	takes: 'hours',
	brands: []
};

export const methods = { data: [method] };

const transfer: InstructionsView = {
	provider: 'simulator',
	method: 'bank_transfer',
	kind: 'bank_transfer',
	amount: 10000,
	amountDecimal: '100.00',
	currencyCode: 'USD',
	fields: [{ name: 'Account holder', value: 'Cashdesk demo' }],
	reference: 'CD-4F7K-2M9Q',
	qr: 'BCD\n002\n1\nSCT',
	url: null,
	payUntil: '2026-11-24T12:00:00.000Z',
	secondsLeft: 259_200,
	receivedAmount: 0,
	status: 'PENDING'
};

export const instructions = { data: transfer };

const shop: ApplicationView = {
	id,
	name: 'My shop',
	clientId,
	userId,
	url: 'https://shop.example',
	callbackUrl: 'https://shop.example/webhooks',
	currencyWhitelist: ['USD', 'EUR'],
	allowUnderpay: false,
	allowOverpay: false,
	createdAt,
	deletedAt: null
};

const { name, url, callbackUrl, currencyWhitelist, allowUnderpay, allowOverpay } = shop;
const secret = 'a-text-that-nobody-guesses';

export const application = {
	shortest: {
		request: { name, url, secret },
		answer: { data: { ...shop, callbackUrl: null, currencyWhitelist: [] } }
	},
	whole: {
		request: { name, url, callbackUrl, currencyWhitelist, allowUnderpay, allowOverpay, secret },
		answer: { data: shop }
	}
};

export const applicationChange = {
	renamed: {
		request: { name: 'My other shop' },
		answer: { data: { ...shop, name: 'My other shop' } }
	}
};

export const applicationRead = { data: shop };
export const applications = { data: [shop] };
export const applicationGone = { data: { ...shop, deletedAt: '2026-11-22T12:00:00.000Z' } };

const told: Omit<TokenView, 'hint'> = {
	id,
	label: 'Shop server',
	scopes: ['payments.create', 'payments.get'],
	expiresAt: null,
	createdAt,
	lastUsedAt: null
};

const token: TokenView = { ...told, hint: 'cd_test_4f7k' };
const newToken: NewTokenView = { ...told, token: 'cd_test_4f7k2m9qOakI0YSGdHPY1y4vUnGLOaM' };

export const clientToken = {
	without_an_end: {
		request: { label: token.label, scopes: token.scopes },
		answer: { data: newToken }
	},
	with_an_end: {
		request: { label: token.label, scopes: ['*'], expiresAt: '2030-01-31T12:00:00Z' },
		answer: { data: { ...newToken, scopes: ['*'], expiresAt: '2030-01-31T12:00:00.000Z' } }
	}
};

export const tokens = { data: [token] };
export const tokenGone = { data: token };

/** Of `POST /oauth/token`. */
export const accessToken = {
	request: {
		client_id: '0f4e2ab6c1d94e7f',
		client_secret: 'a-secret-that-was-shown-once',
		grant_type: 'client_credentials'
	},
	answer: { access_token: 'eN3k8Vv0wq', token_type: 'Bearer', expires_in: 3600 }
};

export const webhook: Webhook = {
	event: 'payment.confirmed',
	data: { ...payment, status: 'CONFIRMED', receivedAmount: 10000 }
};

/** What is said in each refusal that the calls can meet. */
export const refusals: Partial<Record<ErrorCode, ErrorAnswer>> = {
	unreadable: { message: 'The body is not valid JSON: it ends too early.' },
	unauthenticated: { message: 'Unauthenticated' },
	live_disabled: { message: 'Live tokens do not work on this installation' },
	insufficient_scope: { message: 'Insufficient permissions', scope: 'payments.create' },
	link_invalid: { message: 'This link is not valid' },
	link_expired: { message: 'This link has expired' },
	method_not_allowed: { message: 'This address does not take PATCH' },
	not_found: { message: 'No such payment' },
	reference_reused: {
		message: 'This reference belongs to another payment, which is open or paid'
	},
	already_decided: { message: 'This payment has ended' },
	too_large: { message: 'The body must be at most 262144 bytes.' },
	unsupported_content_type: {
		message: 'The body must be sent with the content type application/json.'
	},
	invalid: {
		message: 'The given data was invalid',
		errors: { amount: ['must be a whole number of minor units'] }
	},
	idempotency_mismatch: {
		message: 'This Idempotency-Key was used with another request',
		errors: { 'Idempotency-Key': ['This Idempotency-Key was used with another request'] }
	},
	rate_limited: { message: 'More than 6000 requests a minute' }
};

/** The same where a token is asked for. */
export const tokenRefusals: Partial<Record<ErrorCode, TokenError>> = {
	unreadable: {
		error: 'invalid_request',
		message: 'The body is not valid JSON: it ends too early.'
	},
	invalid: {
		error: 'invalid_request',
		message: 'client_id must be text of 1 to 255 visible ASCII characters'
	},
	unauthenticated: {
		error: 'invalid_client',
		message: 'The client is unknown or its secret is wrong'
	},
	live_disabled: {
		error: 'unauthorized_client',
		message: 'Live clients do not work on this installation'
	},
	too_large: { error: 'invalid_request', message: 'The body must be at most 8192 bytes.' },
	unsupported_content_type: {
		error: 'invalid_request',
		message: 'The body must be sent with the content type application/json.'
	},
	rate_limited: { error: 'temporarily_unavailable', message: 'More than 120 requests a minute' }
};
