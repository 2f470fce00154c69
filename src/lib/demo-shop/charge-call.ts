import type { Choices } from './choices';
import type { OrderPlace, ShopCall } from './shop-call';
import { wholeNumber } from './whole-number';

/** The first of the shop's calls to the Charges API: a token, good for 55 minutes. */
export function chargeTokenCall({ chargesClient }: OrderPlace): ShopCall {
	return {
		path: '/v1/auth/token',
		body: { client_id: chargesClient, client_secret: 'cds_test_•••' },
		pass: 'charges_client'
	};
}

/** The charge itself. Its amount is in the unit that people use: rials, but cents. */
export function chargeCall(choices: Choices, place: OrderPlace): ShopCall {
	const { amount, currency, locale } = choices;
	return {
		path: '/v1/charges',
		body: {
			...(amount !== '' && { amount: wholeNumber(amount, currency === 'YER' ? 0 : 2) }),
			currency,
			description: 'Top-up of your reading account',
			redirect_url: `${place.origin}/demo/return`,
			post_url: `${place.hearsAt}/demo/webhook/charges`,
			reference: place.reference,
			customer: { name: 'Ada Reader', email: 'ada@pelican-books.example' },
			...(locale !== 'auto' && { locale })
		},
		pass: 'access_token'
	};
}
