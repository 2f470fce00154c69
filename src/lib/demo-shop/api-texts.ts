import type { Choices } from './choices';
import { paidIn, type ShopTexts } from './way-texts';

/** Of the APIs that have one way: a request, a page to be led to, a webhook. */
export const apiTexts: Record<Exclude<Choices['api'], 'cashier'>, ShopTexts> = {
	charges: {
		title: 'A shop that charges a customer',
		about:
			'The smallest of the three: fetch a token, create a charge, lead the customer to its address. ' +
			'The webhook has the whole charge, and comes before the customer is back.',
		heading: 'Top up your reading account',
		orderTitle: 'The charge is there: pay it',
		orderAbout:
			'The page to pay on is Cashdesk’s own. Copy a card, pay there, and come back to see the signed ' +
			'webhook.',
		ready: 'Your top-up is ready to be paid',
		open: 'Pay now',
		back: paidIn,
		said: {
			request: 'The shop’s server creates the charge.',
			answer: 'The customer is led to the transaction_url.'
		}
	},
	checkout: {
		title: 'A shop with checkout links',
		about:
			'A merchant with several payment applications, each with its own currencies, tokens and ' +
			'webhook address. The payer gets a signed link, and the shop hears of every step.',
		heading: 'Top up your reading account',
		orderTitle: 'The link is there: pay by it',
		orderAbout:
			'The link works as it was signed, until it expires. Pay on the page it opens: a bank transfer ' +
			'shows what the shop hears on the way.',
		ready: 'Your checkout link is ready',
		open: 'Pay now',
		back: paidIn,
		said: {
			request: 'The shop’s server asks for a checkout of its application.',
			answer: 'The payer is led to the checkoutUrl.'
		}
	}
};
