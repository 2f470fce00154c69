import type { Choices } from './choices';
import type { OrderPlace, ShopCall } from './shop-call';

/** The call of the Cashier API that the shop makes for an order. */
export function cashierCall(choices: Choices, place: OrderPlace): ShopCall {
	switch (choices.way) {
		case 'deposit':
			return { path: '/api/v1/cashier', body: { request: cashierRequest(choices, place) } };
		case 'withdrawal':
			return { path: '/api/v1/withdrawal', body: { request: withdrawalRequest(choices, place) } };
		case 'card':
			return {
				path: '/api/v1/s2s',
				body: {
					request: {
						mode: 'test',
						...(choices.rules === 'cascade' && { routing_id: place.routingId }),
						...orderOf(choices, place)
					},
					card_details: cardDetails(choices)
				}
			};
		case 'wallet':
			return {
				path: '/api/v1/direct',
				body: {
					request: { mode: 'test', provider_id: place.providerId, ...orderOf(choices, place) }
				}
			};
	}
}

function cashierRequest(choices: Choices, place: OrderPlace): object {
	const { methods, editable, amount, theme } = choices;
	const order = orderOf(choices, place);
	return {
		mode: 'test',
		theme,
		...order,
		amount_restricted: !editable && amount !== '',
		settings: {
			...order.settings,
			...(methods === 'card' && { methods: ['card'] }),
			...(editable && { preset_amounts: ['10.00', '25.00', '60.00'] })
		}
	};
}

function withdrawalRequest(choices: Choices, place: OrderPlace): object {
	const { editable, amount, theme } = choices;
	return {
		mode: 'test',
		theme,
		...orderOf(choices, place),
		amount_restricted: !editable && amount !== '',
		customer: { first_name: 'Ada', last_name: 'Reader', country_code: 'DE', kyc_status: 'passed' }
	};
}

/** What all calls say of an order. */
function orderOf(choices: Choices, { reference, origin }: OrderPlace) {
	const { way, amount, currency, reader, locale } = choices;
	return {
		// Somebody new has an account of their own, as new as the order.
		user_id: reader === 'new' ? `reader-${reference.slice(-8)}` : reader,
		tracking_id: reference,
		...(amount !== '' && { amount }),
		currency,
		settings: {
			description:
				way === 'withdrawal' ? 'From your reading account' : 'Top-up of your reading account',
			return_url: `${origin}/demo/return`,
			...(locale !== 'auto' && { locale })
		}
	};
}

function cardDetails({ card, expiry, code }: Choices): object {
	const [month = '', year = ''] = expiry.split('/');
	return {
		holder_name: 'Ada Reader',
		card_number: card.replaceAll(' ', ''),
		cvc: code,
		exp_month: month.trim(),
		exp_year: year.trim()
	};
}
