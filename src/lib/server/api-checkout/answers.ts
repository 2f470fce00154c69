import { z } from 'zod';
import { scopes } from './auth';
import { eventNames, statuses, type EventName } from './status';

const id = z.uuid().meta({ description: 'Our id of it' });
/** ISO 8601 in UTC, with milliseconds. */
const moment = z.iso.datetime({ precision: 3 });
const currencyCode = z.string().regex(/^[A-Z]{3}$/);
const minorUnits = z.int().min(0);
const clientId = z.string().length(32);
const userId = z.string().meta({ description: 'The merchant’s id with us' });

/** Everything is said in `data`. */
function dataOf<Data extends z.ZodType>(data: Data) {
	return z.strictObject({ data });
}

const payment = z
	.strictObject({
		id,
		userId,
		status: z.enum(statuses).meta({
			description:
				'CONFIRMED and OVERPAID are final and mean paid; CONFIRMED also with less where the ' +
				'application has `allowUnderpay`. RECEIVED is paid by the provider’s word, not final there ' +
				'yet. After EXPIRED, CANCELLED and FAILED the reference is free again',
			example: 'PENDING'
		}),
		reference: z.string().meta({ description: 'Your id of the order', example: 'ORDER-123' }),
		referenceLabel: z.string().meta({ description: 'What the payer reads', example: 'Order #123' }),
		amount: minorUnits.meta({ description: 'What is asked, in minor units', example: 10000 }),
		currencyCode: currencyCode.meta({ description: 'ISO 4217', example: 'USD' }),
		settlementCurrencyCode: currencyCode.meta({ description: 'ISO 4217', example: 'USD' }),
		clientId: clientId.meta({ description: 'Of the application that it belongs to' }),
		createdAt: moment,
		expiresAt: moment.meta({
			description:
				'Until when a payer may begin to pay; a transfer that has begun ends by its own `payUntil`'
		}),
		receivedAmount: minorUnits.meta({
			description:
				'What has come in all, in minor units of `currencyCode`: less than `amount` of a paid one ' +
				'where `allowUnderpay` let it count',
			example: 0
		})
	})
	.meta({ id: 'Payment' });

export type PaymentView = z.infer<typeof payment>;

const application = z
	.strictObject({
		id,
		name: z.string().min(3).max(255).meta({ example: 'My shop' }),
		clientId: clientId.meta({
			description: 'Public: says in a request which application is meant'
		}),
		userId,
		url: z.string().nullable().meta({ example: 'https://shop.example' }),
		callbackUrl: z.string().nullable().meta({ description: 'Where webhooks go' }),
		currencyWhitelist: z.array(currencyCode).meta({ description: 'An empty list: all' }),
		allowUnderpay: z
			.boolean()
			.meta({ description: 'Whether less counts as paid once the payer’s time is up' }),
		allowOverpay: z.boolean().meta({
			description: 'Whether an excess belongs to the payment; else it is kept for you to decide on'
		}),
		createdAt: moment,
		deletedAt: moment.nullable()
	})
	.meta({ id: 'PaymentApplication' });

export type ApplicationView = z.infer<typeof application>;

const token = z.strictObject({
	id,
	label: z.string().meta({ example: 'Shop server' }),
	scopes: z.array(z.enum([...scopes, '*'])).min(1),
	expiresAt: moment.nullable().meta({ description: 'Null: until it is revoked' }),
	createdAt: moment,
	lastUsedAt: moment.nullable()
});

const listedToken = token
	.extend({ hint: z.string().meta({ description: 'Its first characters, to recognise it by' }) })
	.meta({ id: 'ClientToken' });

export type TokenView = z.infer<typeof listedToken>;

const newToken = token
	.extend({ token: z.string().meta({ description: 'Its text: told this once' }) })
	.meta({ id: 'NewClientToken' });

export type NewTokenView = z.infer<typeof newToken>;

const kind = z.enum(['card', 'redirect', 'bank_transfer', 'voucher']);

const method = z
	.strictObject({
		provider: z
			.string()
			.nullable()
			.meta({ description: 'The one that would be tried first; null: it cannot be used' }),
		method: z.string().meta({ description: 'What addresses call it', example: 'bank_transfer' }),
		name: z.string().meta({ description: 'What people call it', example: 'Bank transfer' }),
		kind,
		usable: z.boolean(),
		reason: z.string().nullable().meta({ description: 'Why it cannot be used; null: it can' }),
		fee: minorUnits
			.nullable()
			.meta({ description: 'What the payer bears besides, in minor units of the payment' }),
		lowest: minorUnits.nullable().meta({ description: 'The least amount; null: any' }),
		highest: minorUnits.nullable().meta({ description: 'The highest amount; null: any' }),
		takes: z.enum(['at_once', 'minutes', 'hours', 'days']),
		brands: z.array(z.string()).meta({ description: 'Card brands' })
	})
	.meta({ id: 'PaymentMethod' });

export type MethodView = z.infer<typeof method>;

const instructions = z
	.strictObject({
		provider: z.string().meta({ example: 'simulator' }),
		method: z.string().meta({ example: 'bank_transfer' }),
		kind,
		amount: minorUnits.meta({
			description: 'What is still to be paid, in minor units of `currencyCode`',
			example: 10000
		}),
		amountDecimal: z
			.string()
			.meta({ description: 'The same, as people write it', example: '100.00' }),
		currencyCode: currencyCode.meta({
			description: 'What it is paid in: the provider’s',
			example: 'USD'
		}),
		fields: z
			.array(z.strictObject({ name: z.string(), value: z.string() }))
			.meta({ description: 'In the order in which a bank’s form asks for them' }),
		reference: z
			.string()
			.nullable()
			.meta({ description: 'What the payer has to quote; null: nothing' }),
		qr: z
			.string()
			.nullable()
			.meta({ description: 'What a QR code of it says; null: there is none' }),
		url: z
			.string()
			.nullable()
			.meta({ description: 'The page where the payer pays; null: it is done elsewhere' }),
		payUntil: moment.nullable().meta({
			description:
				'When this way of paying ends, which from now on counts in place of `expiresAt`: 3 days ' +
				'for a transfer. A part that came waits until then'
		}),
		secondsLeft: z.int().min(0).nullable(),
		receivedAmount: minorUnits.meta({
			description: 'What has come so far, in minor units of the payment'
		}),
		status: z.enum(statuses)
	})
	.meta({ id: 'Instructions' });

export type InstructionsView = z.infer<typeof instructions>;

/** What is said of a list that is read page by page. */
const pageMeta = z.strictObject({
	page: z.int().min(1),
	perPage: z.int().min(1).max(100),
	total: z.int().min(0),
	lastPage: z.int().min(1)
});

const error = z
	.strictObject({
		message: z.string(),
		errors: z
			.record(z.string(), z.array(z.string()))
			.optional()
			.meta({ description: 'Of a 422: the faulty fields, each with the rules that it breaks' }),
		scope: z.string().optional().meta({ description: 'Of a 403: what the token is not good for' })
	})
	.meta({ id: 'Error' });

export type ErrorAnswer = z.infer<typeof error>;

const tokenError = z
	.strictObject({
		error: z.enum([
			'invalid_request',
			'invalid_client',
			'unauthorized_client',
			'unsupported_grant_type',
			'temporarily_unavailable',
			'server_error'
		]),
		message: z.string()
	})
	.meta({ id: 'TokenError', description: 'As OAuth 2.0 words it (RFC 6749, 5.2)' });

export type TokenError = z.infer<typeof tokenError>;

const told = Object.values(eventNames).filter((name): name is EventName => name !== null);

const webhook = z.strictObject({ event: z.enum(told), data: payment }).meta({ id: 'Webhook' });

export type Webhook = z.infer<typeof webhook>;

/** Every answer, and the webhook. apis/checkout.md. */
export const answers = {
	checkout: dataOf(
		z.strictObject({
			checkoutUrl: z.url().meta({ description: 'The address that the payer opens' }),
			id
		})
	).meta({ id: 'Checkout' }),
	payment: dataOf(payment),
	payments: z.strictObject({ data: z.array(payment), meta: pageMeta }),
	methods: dataOf(z.array(method)),
	instructions: dataOf(instructions),
	application: dataOf(application),
	applications: dataOf(z.array(application)),
	token: dataOf(listedToken),
	newToken: dataOf(newToken),
	tokens: dataOf(z.array(listedToken)),
	accessToken: z
		.strictObject({
			access_token: z.string(),
			token_type: z.literal('Bearer'),
			expires_in: z.int().meta({ description: 'Seconds', example: 3600 })
		})
		.meta({ id: 'AccessToken' }),
	error,
	tokenError,
	webhook
};
