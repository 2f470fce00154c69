import type { ErrorCode } from '$lib/server/errors';
import type {
	ApprovedAnswer,
	DirectAnswer,
	ErrorAnswer,
	ListedTransaction,
	OpenedAnswer,
	ServerAnswer,
	StatusAnswer,
	WebhookBody
} from './answers';

/** The examples of the API's document. A test runs every one of them against the server. */

interface Sample<Answer> {
	request: unknown;
	answer: Answer;
}

const transactionId = '01930c2e-7a61-7c44-9d5e-0b1f3f0c2a11';
const opened: OpenedAnswer = { token: 'Mtg4OakI0YSGdHPY1y4vUnGLOaMxnJJZ9BX09LQ1u3y' };

const order = {
	mode: 'test',
	user_id: '128',
	tracking_id: 'order-1001',
	amount: 10.05,
	currency: 'EUR'
};

const customer = {
	first_name: 'John',
	last_name: 'Doe',
	kyc_status: 'passed',
	email: 'user@example.com',
	zip_code: '12345',
	address: '123 Main Street',
	city: 'New York',
	dob: '05/03/2000',
	country_code: 'GB',
	phone: { country: 'GB', number: 783433252, prefix: 44 }
};

export const cashier: Record<string, Sample<OpenedAnswer>> = {
	shortest: {
		request: {
			request: { mode: 'test', user_id: 128, tracking_id: 'order-1001', currency: 'EUR' }
		},
		answer: opened
	},
	whole: {
		request: {
			request: {
				...order,
				theme: 'dark',
				settings: {
					return_url: 'https://shop.example/back',
					locale: 'ar',
					methods: ['card', 'wallet'],
					expires_in: 900,
					description: 'Top-up'
				},
				ip: '127.34.125.54',
				amount_restricted: true,
				customer: { max_deposit_limit: 1000, ...customer }
			}
		},
		answer: opened
	},
	the_payer_chooses_the_amount: {
		request: {
			request: { ...order, amount: '25.00', settings: { preset_amounts: [10, '25.00', 50] } }
		},
		answer: opened
	}
};

export const withdrawal: Record<string, Sample<OpenedAnswer>> = {
	whole: { request: { request: { ...order, theme: 'dark', customer } }, answer: opened }
};

export const direct: Record<string, Sample<DirectAnswer>> = {
	whole: {
		request: { request: { ...order, provider_id: 210, customer } },
		answer: {
			url: `https://wallet.example/pay/${transactionId}`,
			transaction_id: transactionId,
			transaction_status: 'pending'
		}
	}
};

function card(number: string) {
	return {
		holder_name: 'John Doe',
		card_number: number,
		cvc: '444',
		exp_month: '05',
		exp_year: '2035'
	};
}

export const s2s: Record<string, Sample<ServerAnswer>> = {
	paid: {
		request: {
			request: { ...order, routing_id: 210, customer },
			card_details: card('4111111111111111')
		},
		answer: { url: '', transaction_status: 'successful', transaction_id: transactionId }
	},
	asked_by_the_bank: {
		request: { request: order, card_details: card('4000 0000 0000 3220') },
		answer: {
			url: `https://pay.example/pay/${opened.token}/action`,
			transaction_status: 'pending',
			transaction_id: transactionId
		}
	},
	declined: {
		request: { request: order, card_details: card('4000000000009995') },
		answer: {
			url: '',
			transaction_status: 'rejected',
			transaction_id: transactionId,
			error: 'The test card ending in 9995 never has enough money on it.'
		}
	}
};

const decision = { transaction_id: 'order-1001' };

export const approve: Record<string, Sample<ApprovedAnswer>> = {
	approved: {
		request: decision,
		answer: {
			message: 'Transaction Withdrawal has been approved successfully',
			transaction_status: 'pending'
		}
	}
};

export const reject: Record<string, Sample<object>> = {
	rejected: { request: decision, answer: {} }
};

export const status: StatusAnswer = { transaction_status: 'pending' };

export const transactions: ListedTransaction[] = [
	{
		transaction_id: transactionId,
		gateway_transaction_id: '01930c2e-7b03-7d92-a3f0-5d6f2a1b9c77',
		provider_transaction_id: '9474883d-6c07-4205-8d89-d7ee0a6f3d7a',
		transaction_type: 'deposit',
		transaction_date: '2026-11-05 11:53:25',
		status: 'rejected',
		payment_provider: 'simulator',
		customer_id: 123,
		amount: 8.56,
		currency: 'GBP',
		user_amount: 10,
		user_currency: 'EUR',
		fx_amount: 0
	}
];

export const webhook: WebhookBody = {
	transaction_id: transactionId,
	user_id: '128',
	tracking_id: 'order-1001',
	status: 'successful',
	currency: 'EUR',
	amount: '10.05',
	transaction_type: 'deposit'
};

type Said = Pick<ErrorAnswer, 'error' | 'errors'>;

/** What is said in each refusal that the calls can meet. */
export const refusals: Partial<Record<ErrorCode, Said>> = {
	unreadable: { error: 'The body is not valid JSON: it ends too early.' },
	unauthenticated: { error: 'The API key is unknown or was revoked' },
	wrong_mode: { error: 'This key is for test mode' },
	live_disabled: { error: 'Live keys do not work on this installation' },
	method_not_allowed: { error: 'This address does not take PATCH' },
	not_found: { error: 'No transaction has this id' },
	reference_reused: { error: 'This tracking_id belongs to another order' },
	already_decided: { error: 'This payout was decided otherwise' },
	not_requested: { error: 'The payer has not asked for this payout yet' },
	too_large: { error: 'The body must be at most 262144 bytes.' },
	unsupported_content_type: {
		error: 'The body must be sent with the content type application/json.'
	},
	invalid: {
		error: 'The request has faulty fields',
		errors: [{ field: 'request.currency', message: 'must be text' }]
	},
	idempotency_mismatch: { error: 'This Idempotency-Key was used with another request' },
	rate_limited: { error: 'More than 6000 requests a minute' }
};

const dayRule = 'must be a day as DD-MM-YYYY';

/** The same for a parameter that cannot be read. */
export const unreadableQuery: Said = {
	error: `from ${dayRule}`,
	errors: [{ field: 'from', message: dayRule }]
};
