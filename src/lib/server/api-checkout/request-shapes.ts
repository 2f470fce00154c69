import { z } from 'zod';
import { object, text } from '$lib/server/http/request-fields';
import { scopes } from './auth';
import {
	currencyCode,
	flag,
	listOf,
	minorUnits,
	moment,
	unsupported,
	webhookSecret
} from './request-fields';

const checkout = z.strictObject({
	amount: minorUnits.meta({
		description:
			'What is asked, in minor units of ISO 4217 for every currency: 2000 in YER are 20.00',
		example: 10000
	}),
	currencyCode: currencyCode.meta({ description: 'ISO 4217', example: 'USD' }),
	reference: text(128).meta({
		description: 'Your id of the order: free again once its payment ended without success',
		example: 'ORDER-123',
		'x-fresh': 'reference'
	}),
	referenceLabel: text(255).meta({ description: 'What the payer reads', example: 'Order #123' }),
	clientId: text(32).meta({
		description: 'Of the application that the payment belongs to',
		example: '0123456789abcdef0123456789abcdef',
		'x-fresh': 'application'
	}),
	redirectUrl: text(2048)
		.nullish()
		.meta({
			description:
				'Where the payer returns to: on the origin of the application’s `url`. Added to its query ' +
				'are `id`, `status` and `signature`, which is hex HMAC-SHA256 of `id.status` with the ' +
				'application’s secret (after `whsec_`, with the bytes in its base64)',
			'x-fresh': 'return_address'
		}),
	expiresAt: moment.nullish().meta({
		description:
			'Until when a payer may begin to pay: 5 minutes to 7 days ahead; 1 hour when left out',
		'x-fresh': 'moment'
	}),
	settlementCurrencyCode: currencyCode
		.nullish()
		.meta({ description: 'Told again as it was given; `currencyCode` when left out' }),
	siteId: unsupported('payments belong to applications; leave it out'),
	blockchainSlug: unsupported('nothing is paid on blockchains; leave it out'),
	productId: unsupported('there is no catalog of products; leave it out')
});

const application = z.strictObject({
	name: text(255).min(3, 'must be at least 3 characters').meta({ example: 'My shop' }),
	url: text(2048).meta({
		description: 'Your site; its payers may be returned to its origin',
		example: 'https://shop.example'
	}),
	callbackUrl: text(2048).nullish().meta({
		description: 'Where webhooks go',
		example: 'https://shop.example/webhooks',
		'x-fresh': 'webhook_address'
	}),
	currencyWhitelist: listOf(currencyCode, 200)
		.optional()
		.meta({ description: 'ISO 4217; an empty list, or none: all', example: ['USD', 'EUR'] }),
	allowUnderpay: flag.optional().meta({
		description:
			'Whether less than was asked counts as paid once the payer’s time is up: CONFIRMED, with ' +
			'what came as `receivedAmount`. If not, it is kept for you to decide on'
	}),
	allowOverpay: flag.optional().meta({
		description:
			'Whether what comes beyond the amount belongs to the payment. If not, it is kept for you ' +
			'to decide on; the payment is OVERPAID, and so paid, either way'
	}),
	secret: webhookSecret.meta({
		description: 'Signs webhooks; never shown again',
		example: 'a-text-that-nobody-guesses'
	})
});

const token = z.strictObject({
	label: text(255).meta({ example: 'Shop server' }),
	expiresAt: moment.nullish().meta({
		description: 'In the future; none: until it is revoked',
		'x-fresh': 'moment'
	}),
	scopes: listOf(
		z.enum([...scopes, '*'], { error: `must be one of ${scopes.join(', ')} and *` }),
		scopes.length + 1
	)
		.min(1, 'must name at least one scope')
		.meta({ example: ['payments.create', 'payments.get'] })
});

/** The bodies of the calls. apis/checkout.md. */
export const shapes = {
	checkout: object(checkout),
	application: object(application),
	/** What is left out stays as it is. */
	applicationChange: object(application.partial()),
	token: object(token)
};
