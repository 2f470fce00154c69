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
} from './request-fields';

type Intent = Order['intent'];

/** The highest number a provider account or a set of rules can have. */
const HIGHEST_ID = 2_147_483_647;

const person = z.object({
	first_name: text(128).optional(),
	last_name: text(128).optional(),
	email: z.email('must be an e-mail address').max(254).optional(),
	zip_code: reference(20).optional(),
	address: text(255).optional(),
	city: text(128).optional(),
	dob: birthDate.optional(),
	country_code: countryCode.optional(),
	phone: object(
		z.object({
			country: countryCode.optional(),
			number: digits(15).optional(),
			prefix: digits(4).optional()
		})
	).optional(),
	kyc_status: z
		.enum(['passed', 'pending', 'failed', 'none'], {
			error: 'must be passed, pending, failed or none'
		})
		.optional()
});

const customers = {
	deposit: person.extend({ max_deposit_limit: decimal.optional() }),
	withdrawal: person
};

function settingsFor(intent: Intent) {
	const names = methodNames(intent);
	const method = z
		.string({ error: 'is not a method' })
		.refine((name) => names.has(name), 'is not a method');
	return z.strictObject({
		return_url: text(2048).optional(),
		success_url: text(2048).optional(),
		failure_url: text(2048).optional(),
		cancel_url: text(2048).optional(),
		webhook_url: text(2048).optional(),
		locale: localeTag.optional(),
		methods: z.array(method).min(1).max(20).optional(),
		preset_amounts: z
			.array(decimal, { error: 'must be a list of amounts' })
			.min(1)
			.max(6)
			.optional(),
		expires_in: wholeNumber(300, 86_400).optional(),
		description: text(255).optional()
	});
}

function fieldsFor<Name extends Intent>(intent: Name) {
	return z.object({
		mode: z.enum(['test', 'live'], { error: 'must be test or live' }),
		theme: z.enum(['light', 'dark', 'auto'], { error: 'must be light, dark or auto' }).optional(),
		settings: object(settingsFor(intent)).optional(),
		user_id: reference(128),
		tracking_id: text(128),
		ip: ipAddress.optional(),
		amount: decimal.optional(),
		currency: z
			.string({ error: 'must be text' })
			.refine(isCurrency, 'must be a currency in capital letters (ISO 4217)'),
		amount_restricted: z.boolean({ error: 'must be true or false' }).optional(),
		customer: object<(typeof customers)[Name]>(customers[intent]).optional()
	});
}

/** Calls without a page of ours have no theme, and no payer who could choose an amount. */
const atOnce = fieldsFor('deposit')
	.omit({ theme: true, amount_restricted: true })
	.extend({ amount: decimal });

/** The bodies of the calls that open something, by their address. apis/cashier.md, *`request`*. */
export const shapes = {
	cashier: z.object({ request: object(fieldsFor('deposit')) }),
	withdrawal: z.object({ request: object(fieldsFor('withdrawal')) }),
	direct: z.object({
		request: object(atOnce.extend({ provider_id: wholeNumber(1, HIGHEST_ID) }))
	}),
	s2s: z.object({
		request: object(atOnce.extend({ routing_id: wholeNumber(1, HIGHEST_ID).optional() }))
	})
};

/** What all of them say of an order. */
export type OrderFields = z.infer<typeof shapes.cashier>['request'];

/** The body of a decision on a payout. */
export const decisionShape = z.object({ transaction_id: text(128) });
