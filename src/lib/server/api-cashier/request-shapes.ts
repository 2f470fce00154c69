import { z } from 'zod';
import { isCurrency } from '$lib/money/currencies';
import { methodNames } from '$lib/server/routing/method-names';
import type { Order } from '$lib/server/sessions/open-session';
import {
	birthDate,
	countryCode,
	decimal,
	digits,
	ipAddress,
	localeTag,
	object,
	reference,
	text,
	wholeNumber
} from '$lib/server/http/request-fields';

type Intent = Order['intent'];

/** The highest number a provider account or a set of rules can have. */
const HIGHEST_ID = 2_147_483_647;

const person = z.object({
	first_name: text(128).optional(),
	last_name: text(128).optional(),
	email: z
		.email('must be an e-mail address')
		.max(254)
		.meta({ examples: ['user@example.com'] })
		.optional(),
	zip_code: reference(20).optional(),
	address: text(255).optional(),
	city: text(128).optional(),
	dob: birthDate.optional(),
	country_code: countryCode.optional(),
	phone: object(
		z.object({
			country: countryCode.optional(),
			number: digits(15)
				.meta({ examples: ['783433252', 783433252] })
				.optional(),
			prefix: digits(4)
				.meta({ examples: ['44', 44] })
				.optional()
		})
	).optional(),
	kyc_status: z
		.enum(['passed', 'pending', 'failed', 'none'], {
			error: 'must be passed, pending, failed or none'
		})
		.optional()
});

const customers = {
	deposit: person.extend({
		max_deposit_limit: decimal
			.meta({ description: 'The payer can pay at most this, in the order’s currency.' })
			.optional()
	}),
	withdrawal: person
};

const address = text(2048).meta({
	description:
		'https; in test mode also http on localhost. Its origin must be on the application’s list.',
	examples: ['https://shop.example/back'],
	'x-fresh': 'return_address'
});

function settingsFor(intent: Intent) {
	const names = methodNames(intent);
	const method = z
		.string({ error: 'is not a method' })
		.refine((name) => names.has(name), 'is not a method')
		.meta({ override: { enum: [...names] } });
	return z.strictObject({
		return_url: address
			.meta({
				description:
					'Where the payer goes afterwards; `success_url`, `failure_url` and `cancel_url` take ' +
					'precedence. Its origin must be on the application’s list.'
			})
			.optional(),
		success_url: address.optional(),
		failure_url: address.optional(),
		cancel_url: address.optional(),
		webhook_url: text(2048)
			.meta({
				description: 'Where the webhooks of this order go instead of the application’s address.',
				examples: ['http://localhost:4000/']
			})
			.optional(),
		locale: localeTag.optional(),
		methods: z
			.array(method)
			.min(1)
			.max(20)
			.meta({ description: 'What is offered to the payer; without it everything.' })
			.optional(),
		preset_amounts: z
			.array(decimal, { error: 'must be a list of amounts' })
			.min(1)
			.max(6)
			.meta({ description: 'Amounts that the payer can pick.' })
			.optional(),
		expires_in: wholeNumber(300, 86_400)
			.meta({ description: 'Seconds that the session lasts, without it 3600.' })
			.optional(),
		description: text(255).meta({ description: 'What is paid for.' }).optional()
	});
}

function fieldsFor<Name extends Intent>(intent: Name) {
	return z.object({
		mode: z
			.enum(['test', 'live'], { error: 'must be test or live' })
			.meta({ description: 'As the key.', examples: ['test'] }),
		theme: z
			.enum(['light', 'dark', 'auto'], { error: 'must be light, dark or auto' })
			.meta({ description: 'Colours of the page, without it `auto`.' })
			.optional(),
		settings: object(settingsFor(intent))
			.meta({ description: 'Options; an unknown one is refused by its name.' })
			.optional(),
		user_id: reference(128).meta({
			description: 'Your id of the payer; a number is taken as its digits.',
			examples: ['128', 128]
		}),
		tracking_id: text(128).meta({
			description:
				'Your id of the order. The same call again leads to the same session; another order ' +
				'under an id that is open or paid is refused. Free again once the order was rejected.',
			examples: ['order-1001'],
			'x-fresh': 'reference'
		}),
		ip: ipAddress.meta({ description: 'The payer’s.' }).optional(),
		amount: decimal
			.meta({
				description:
					'With no more decimals than the currency has. Where it may be left out, the payer chooses.'
			})
			.optional(),
		currency: z
			.string({ error: 'must be text' })
			.refine(isCurrency, 'must be a currency in capital letters (ISO 4217)')
			.meta({
				description: 'ISO 4217.',
				examples: ['EUR', 'USD', 'GBP'],
				override: { pattern: '^[A-Z]{3}$' }
			}),
		amount_restricted: z
			.boolean({ error: 'must be true or false' })
			.meta({ description: 'True: the payer cannot change the amount.' })
			.optional(),
		customer: object<(typeof customers)[Name]>(customers[intent]).optional()
	});
}

/** Calls without a page of ours have no theme, and no payer who could choose an amount. */
const atOnce = fieldsFor('deposit')
	.omit({ theme: true, amount_restricted: true })
	.extend({ amount: decimal });

const providerId = wholeNumber(1, HIGHEST_ID).meta({
	description: 'One of your provider accounts.',
	'x-fresh': 'provider'
});
const routingId = wholeNumber(1, HIGHEST_ID).meta({
	description: 'One of your sets of rules; without it the default one.',
	'x-fresh': 'routing'
});

/** The bodies of the calls that open something, by their address. apis/cashier.md, *`request`*. */
export const shapes = {
	cashier: z.object({ request: object(fieldsFor('deposit')) }),
	withdrawal: z.object({ request: object(fieldsFor('withdrawal')) }),
	direct: z.object({ request: object(atOnce.extend({ provider_id: providerId })) }),
	s2s: z.object({ request: object(atOnce.extend({ routing_id: routingId.optional() })) })
};

/** What all of them say of an order. */
export type OrderFields = z.infer<typeof shapes.cashier>['request'];

/** The body of a decision on a payout. */
export const decisionShape = z.object({
	transaction_id: text(128).meta({
		description: 'Our id of the withdrawal, or your `tracking_id`.',
		'x-fresh': 'withdrawal'
	})
});

/** What is no text, or longer than any of these can be, counts as not there. */
function cardField(description: string, pattern: string, ...examples: string[]) {
	return z
		.string()
		.max(200)
		.catch('')
		.meta({
			description,
			examples,
			override: ({ jsonSchema }) => {
				delete jsonSchema.default;
				delete jsonSchema.maxLength;
				jsonSchema.pattern = pattern;
			}
		});
}

const cardFields = {
	holder_name: cardField('As on the card, up to 100 characters.', String.raw`\S`, 'John Doe'),
	card_number: cardField(
		'With spaces or dashes if you like.',
		'^[0-9 -]{12,40}$',
		'4111111111111111',
		'4000 0000 0000 3220',
		'4000000000009995'
	),
	cvc: cardField('American Express has 4 digits.', '^[0-9]{3,4}$', '444'),
	exp_month: cardField('`MM`.', '^(0[1-9]|1[0-2])$', '05'),
	exp_year: cardField('`YYYY`. A card that has expired is refused.', '^[0-9]{4}$', '2035')
};

/** `card_details` of `POST /s2s`. */
export const cardShape = object(
	z.object(cardFields).meta({ override: { required: Object.keys(cardFields) } })
);
