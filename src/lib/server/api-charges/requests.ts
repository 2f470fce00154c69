import { z } from 'zod';
import { isCurrency } from '$lib/money/currencies';
import type { FieldError } from '$lib/server/errors';
import { faultsOf, invalid } from '$lib/server/http/faults';
import { localeTag, object, text } from '$lib/server/http/request-fields';
import { isJsonNumber, type JsonNumber, type JsonValue } from '$lib/server/http/read-strict-json';
import { checkReturnAddress, checkWebhookAddress } from '$lib/server/merchants/check-addresses';
import type { Order } from '$lib/server/sessions/open-session';
import { readUnits, wholeUnitCurrencies } from './amounts';
import type { ChargesCaller } from './auth';
import { metadataShape } from './metadata';
import type { ChargeData } from './views';

/** How long a payer has for a charge. */
const SECONDS = 3600;

const amount = z
	.custom<JsonNumber>(isJsonNumber, { error: 'must be a whole number' })
	.transform((number) => number.text)
	.refine((digits) => /^(0|[1-9]\d*)$/.test(digits), {
		error: 'must be a whole number, without sign, decimals or exponent',
		abort: true
	})
	.refine((digits) => digits !== '0', 'must be more than 0')
	.meta({
		description:
			'In the unit that people use. For most currencies that is the minor unit: 2000 in USD are ' +
			'20.00. For currencies whose fraction is out of use it is the whole unit: 2000 in YER are ' +
			`2,000 rials. These are ${wholeUnitCurrencies.join(', ')}.`,
		example: 2000,
		override: { type: 'integer', minimum: 1, maximum: 999_999_999_999_999 }
	});

const currency = z
	.string({ error: 'must be text' })
	.refine(isCurrency, 'must be a currency in capital letters (ISO 4217)')
	.meta({
		description: 'ISO 4217, three capital letters.',
		examples: ['YER', 'USD', 'EUR'],
		override: { pattern: '^[A-Z]{3}$' }
	});

const customer = object(
	z.strictObject({
		name: text(255).nullish(),
		email: z
			.email('must be an e-mail address')
			.max(254, 'must be at most 254 characters')
			.nullish(),
		phone: text(40).nullish()
	})
).nullish();

/** The body of `POST /v1/charges`. */
export const chargeShape = object(
	z.strictObject({
		amount,
		currency,
		description: text(255).nullish().meta({ example: 'Purchase of a watch' }),
		redirect_url: text(2048).meta({
			description:
				'Where the customer is sent afterwards: https (in test mode also http on localhost), and ' +
				'its origin on the application’s list. Added to its query are `charge_id`, `status` and ' +
				'`signature`, which is hex HMAC-SHA256 of `charge_id.status` with the decoded bytes of the ' +
				'webhook secret (base64 after `whsec_`).',
			example: 'https://shop.example/thanks',
			'x-fresh': 'return_address'
		}),
		post_url: text(2048).meta({
			description: 'Where the webhook is posted to: https (in test mode also http on localhost).',
			example: 'https://shop.example/hooks/charges',
			'x-fresh': 'webhook_address'
		}),
		reference: text(128)
			.nullish()
			.meta({
				description:
					'Your id of the order. It is taken until the charge fails: the same order under it leads ' +
					'to the same charge, another one is refused.',
				example: 'order-1001',
				'x-fresh': 'reference'
			}),
		customer,
		metadata: metadataShape.nullish(),
		locale: localeTag.nullish().meta({
			description: 'Language of the page (BCP 47); without it the browser’s.',
			example: 'ar-YE'
		})
	})
);

type ChargeFields = z.infer<typeof chargeShape>;

/** Reads the body of `POST /v1/charges`. Throws `invalid` with every faulty field. */
export async function readChargeRequest(caller: ChargesCaller, body: JsonValue): Promise<Order> {
	const parsed = chargeShape.safeParse(body);
	if (!parsed.success) throw invalid(faultsOf(parsed.error, 'body'));
	const fields = parsed.data;
	const units = readUnits(fields.amount, fields.currency);
	const faults: FieldError[] = [];
	if (units === undefined) {
		const message = 'must be at most 15 digits in minor units of the currency';
		faults.push({ field: 'amount', message });
	}
	faults.push(...(await checkAddresses(caller, fields)));
	if (faults.length > 0 || units === undefined) throw invalid(faults);
	return orderOf(caller, fields, units);
}

async function checkAddresses(
	{ application, mode, context }: ChargesCaller,
	{ redirect_url, post_url }: ChargeFields
): Promise<FieldError[]> {
	const problems = {
		redirect_url: checkReturnAddress(application, mode, redirect_url),
		post_url: await checkWebhookAddress(context, mode, post_url)
	};
	return Object.entries(problems).flatMap(([field, message]) =>
		message ? [{ field, message }] : []
	);
}

function orderOf({ mode }: ChargesCaller, fields: ChargeFields, units: number): Order {
	const { customer, metadata = null } = fields;
	const { name = null, email = null, phone = null } = customer ?? {};
	const said: ChargeData = { customer: customer ? { name, email, phone } : null, metadata };
	return {
		mode,
		intent: 'deposit',
		amount: units,
		currency: fields.currency,
		amountEditable: false,
		lowestAmount: null,
		highestAmount: null,
		presetAmounts: null,
		payerReference: null,
		reference: fields.reference ?? null,
		customer: customer ? payerOf(customer) : null,
		payerIp: null,
		description: fields.description ?? null,
		returnAddresses: { return: fields.redirect_url },
		webhookUrl: fields.post_url,
		locale: fields.locale ?? null,
		theme: 'auto',
		methods: null,
		expiresIn: SECONDS,
		dialectData: said
	};
}

/** In the words of the core, whose name of a payer has two parts that forms put together again. */
function payerOf({ name, email, phone }: NonNullable<ChargeFields['customer']>) {
	return {
		...(name && { first_name: name }),
		...(email && { email }),
		...(phone && { phone: { number: phone } })
	};
}

/** The body of a call that says all in its address: none, or an empty object. */
export const nothingShape = object(z.strictObject({}));

/** Throws `invalid` naming what is there. */
export function readNothing(body: JsonValue): void {
	const parsed = nothingShape.safeParse(body);
	if (!parsed.success) throw invalid(faultsOf(parsed.error, 'body'));
}
