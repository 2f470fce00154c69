import { z } from 'zod';

/** The words of `transaction_status`. apis/cashier.md, *Status words*. */
export const statusWords = ['pending', 'successful', 'rejected'] as const;

const status = z.enum(statusWords).meta({
	description: '`successful` and `rejected` do not change any more.',
	example: 'pending'
});

const transactionId = z.string().meta({
	description: 'Our id of the transaction.',
	example: '01930c2e-7a61-7c44-9d5e-0b1f3f0c2a11'
});

const currency = z.string().meta({ description: 'ISO 4217.', example: 'EUR' });

/** `POST /cashier` and `POST /withdrawal`. */
export const openedAnswer = z
	.strictObject({
		token: z.string().meta({
			description: 'Opens the payer’s page at `/pay/{token}`, for this payer and this order.',
			example: 'Mtg4OakI0YSGdHPY1y4vUnGLOaMxnJJZ9BX09LQ1u3y'
		})
	})
	.meta({ id: 'Opened' });

export type OpenedAnswer = z.infer<typeof openedAnswer>;

/** `POST /s2s`. */
export const serverAnswer = z
	.strictObject({
		url: z.string().meta({
			description: 'Where to lead the payer, to their bank’s 3-D Secure; empty: nowhere.'
		}),
		transaction_status: status,
		transaction_id: transactionId,
		error: z.string().optional().meta({ description: 'Why the card was declined.' })
	})
	.meta({ id: 'ServerPayment' });

export type ServerAnswer = z.infer<typeof serverAnswer>;

/** `POST /direct`. */
export const directAnswer = z
	.strictObject({
		url: z.string().meta({ description: 'The provider’s own page; empty: nowhere to go.' }),
		transaction_id: transactionId,
		transaction_status: status
	})
	.meta({ id: 'DirectPayment' });

export type DirectAnswer = z.infer<typeof directAnswer>;

/** `POST /withdrawal/approve`. */
export const approvedAnswer = z
	.strictObject({ message: z.string(), transaction_status: status })
	.meta({ id: 'Approved' });

export type ApprovedAnswer = z.infer<typeof approvedAnswer>;

/** `POST /withdrawal/reject`. */
export const rejectedAnswer = z.strictObject({}).meta({ id: 'Rejected' });

/** `GET /transaction/status`. */
export const statusAnswer = z
	.strictObject({
		transaction_status: status,
		rejected_reason: z.string().optional().meta({ description: 'Of a rejected one: why.' })
	})
	.meta({ id: 'TransactionStatus' });

export type StatusAnswer = z.infer<typeof statusAnswer>;

/** An item of `GET /transactions`, its keys in the seed's order. */
const listedTransaction = z
	.strictObject({
		transaction_id: transactionId,
		gateway_transaction_id: z.string().nullable().meta({
			description: 'Our id of the try at the provider; null before there was one.'
		}),
		provider_transaction_id: z
			.string()
			.nullable()
			.meta({ description: 'The provider’s id of it.' }),
		transaction_type: z.enum(['deposit', 'withdrawal']),
		transaction_date: z
			.string()
			.regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
			.meta({ description: 'When it was opened, UTC.', example: '2026-11-05 11:53:25' }),
		status,
		payment_provider: z.string().nullable().meta({ example: 'simulator' }),
		customer_id: z.union([z.int(), z.string()]).nullable().meta({
			description: 'Your `user_id`: a number where it is a whole one of up to 2^53 − 1.',
			example: 123
		}),
		amount: z.number().meta({
			description: 'What the provider moved. A fee that the payer bears is in it.',
			example: 8.56
		}),
		currency,
		user_amount: z.number().meta({
			description: 'What the payer saw, without the fee.',
			example: 10
		}),
		user_currency: currency,
		fx_amount: z.number().meta({
			description: 'The fee for converting, in the provider’s currency; 0 without one.',
			example: 0
		})
	})
	.meta({ id: 'Transaction' });

export type ListedTransaction = z.infer<typeof listedTransaction>;

/** `GET /transactions`. */
export const listAnswer = z.array(listedTransaction);

/** The body of a webhook, its keys in the contract's order. apis/cashier.md, *Webhook*. */
export const webhookBody = z
	.strictObject({
		transaction_id: transactionId,
		user_id: z.string().meta({ description: 'Your id of the payer.', example: '123' }),
		tracking_id: z.string().meta({ description: 'Your id of the order.', example: 'order-1' }),
		status,
		currency,
		amount: z
			.string()
			.regex(/^\d+(\.\d+)?$/)
			.meta({
				description: 'With the currency’s digits, without a fee that the payer bears.',
				example: '200.00'
			}),
		transaction_type: z.enum(['deposit', 'withdrawal'])
	})
	.meta({ id: 'Webhook' });

export type WebhookBody = z.infer<typeof webhookBody>;

/** Every refusal. apis/cashier.md, *Errors*. */
export const errorAnswer = z
	.strictObject({
		error: z.string().meta({ description: 'What is wrong, as a sentence.' }),
		code: z.string().meta({ description: 'The same as a word that stays.' }),
		errors: z
			.array(
				z.strictObject({
					field: z.string().meta({ description: 'Its path.', example: 'request.amount' }),
					message: z.string().meta({ example: 'must have at most 2 decimals in EUR' })
				})
			)
			.optional()
			.meta({ description: 'Each faulty field.' }),
		request_id: z.string().meta({
			description: 'Tell it to us when you ask about an answer.',
			example: '01930c2e-4d0e-7b3a-8f52-6f1f0a9b7c33'
		})
	})
	.meta({ id: 'Error' });

export type ErrorAnswer = z.infer<typeof errorAnswer>;
