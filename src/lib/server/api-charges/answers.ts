import { z } from 'zod';

/** Examples are the seed's, and what belongs to them. */
const id = z
	.string()
	.regex(/^chg_[0-9a-f]{32}$/)
	.meta({
		description: 'Names the charge. Ids sort by the time they were made.',
		example: 'chg_01936b2c5f4e7a3d9c8b7a6f5e4d3c2b'
	});

/** What a charge's status can be. */
export const chargeStatuses = ['INITIATED', 'CAPTURED', 'FAILED'] as const;

const customer = z
	.strictObject({
		name: z.string().nullable(),
		email: z.string().nullable(),
		phone: z.string().nullable()
	})
	.meta({ description: 'What you said of the customer; null where you said nothing.' });

/** The keys of the seed come first, in its order. apis/charges.md. */
export const chargeAnswer = z
	.strictObject({
		id,
		status: z.enum(chargeStatuses).meta({
			description:
				'INITIATED until the payment ends, CAPTURED when it was paid, FAILED when it was declined ' +
				'for good, canceled or expired. A declined try leaves it INITIATED while the payer may try ' +
				'again.',
			example: 'INITIATED'
		}),
		amount: z
			.int()
			.min(0)
			.meta({
				description:
					'In the unit that people use: the minor unit, or for currencies whose fraction is out of ' +
					'use the whole unit.',
				example: 2000
			}),
		currency: z
			.string()
			.regex(/^[A-Z]{3}$/)
			.meta({ description: 'ISO 4217.', example: 'YER' }),
		description: z.string().nullable().meta({ example: 'Purchase of a watch' }),
		transaction_url: z.url().meta({ description: 'Where to send the customer to pay.' }),
		created: z
			.int()
			.meta({ description: 'When it was created, in Unix seconds.', example: 1_672_531_200 }),
		amount_decimal: z
			.string()
			.regex(/^\d+(\.\d+)?$/)
			.meta({
				description: 'The amount in whole units, so that nobody has to guess.',
				example: '2000'
			}),
		reference: z.string().nullable().meta({ example: 'order-1001' }),
		customer: customer.nullable(),
		metadata: z
			.record(z.string(), z.string())
			.nullable()
			.meta({ example: { basket: '77' } }),
		redirect_url: z.string().meta({ example: 'https://shop.example/thanks' }),
		post_url: z.string().meta({ example: 'https://shop.example/hooks/charges' }),
		failure_code: z
			.string()
			.nullable()
			.meta({ description: 'Why it FAILED, as a word: insufficient_funds, expired …' }),
		failure_message: z.string().nullable().meta({ description: 'The same as a sentence.' })
	})
	.meta({ id: 'Charge', description: 'A single payment and its state.' });

export type Charge = z.infer<typeof chargeAnswer>;

/** `GET /v1/charges`. */
export const chargeListAnswer = z
	.strictObject({
		data: z.array(chargeAnswer).meta({ description: 'Newest first.' }),
		has_more: z.boolean().meta({ description: 'Whether older ones follow.' })
	})
	.meta({ id: 'ChargeList' });

export type ChargeList = z.infer<typeof chargeListAnswer>;

/** `POST /v1/auth/token`. */
export const tokenAnswer = z
	.strictObject({
		access_token: z.string().meta({ description: 'Send it as `Authorization: Bearer …`.' }),
		token_type: z.literal('Bearer'),
		expires_in: z.literal(3300).meta({ description: 'Seconds: 55 minutes.' })
	})
	.meta({ id: 'Token' });

export type Token = z.infer<typeof tokenAnswer>;

/** The words of an error's `type`. */
const errorTypes = [
	'invalid_request_error',
	'authentication_error',
	'rate_limit_error',
	'api_error'
] as const;

/** Every refusal. */
export const errorAnswer = z
	.strictObject({
		error: z.strictObject({
			type: z.enum(errorTypes),
			code: z.string().meta({ description: 'What is wrong, as a word that stays.' }),
			message: z.string().meta({ description: 'The same as a sentence.' }),
			param: z.string().optional().meta({ description: 'The first faulty field, by its path.' }),
			request_id: z.string().meta({ description: 'Tell it to us when you ask about an answer.' })
		})
	})
	.meta({ id: 'Error' });

export type ErrorAnswer = z.infer<typeof errorAnswer>;
