import type { Choices } from './choices';
import type { OrderPlace, ShopCall } from './shop-call';
import { wholeNumber } from './whole-number';

/** A token for a client of the merchant, who may do everything in all of its applications. */
export function checkoutTokenCall({ oauthClient }: OrderPlace): ShopCall {
	return {
		path: '/oauth/token',
		body: {
			grant_type: 'client_credentials',
			client_id: oauthClient,
			client_secret: 'cds_test_•••'
		},
		pass: 'oauth_client'
	};
}

/** The checkout. Its amount is in minor units by ISO 4217, which give the rial two digits. */
export function checkoutCall(choices: Choices, place: OrderPlace): ShopCall {
	const { amount, currency, credential } = choices;
	return {
		path: '/api/payment/checkout',
		body: {
			...(amount !== '' && { amount: wholeNumber(amount, 2) }),
			currencyCode: currency,
			reference: place.reference,
			referenceLabel: 'Top-up of your reading account',
			clientId: place.checkoutApplication,
			redirectUrl: `${place.origin}/demo/return`
		},
		pass: credential === 'oauth' ? 'access_token' : 'client_token'
	};
}
