import type { Choices } from './choices';

/** What the shop's pages say. */
export interface ShopTexts {
	/** Of the page where a visitor chooses. */
	title: string;
	about: string;
	/** In the shop's window. */
	heading: string;
	/** Of the order's page. */
	orderTitle: string;
	orderAbout: string;
	/** When the payment page waits to be opened. */
	ready: string;
	open: string;
	/** When the payer came back, by the status in the address. */
	back: Record<'successful' | 'pending' | 'rejected', { title: string; text: string }>;
	/** In the console: of what the shop's server said, and what it was told. */
	said: { request: string; answer: string };
}

export const paidIn: ShopTexts['back'] = {
	successful: {
		title: 'Thank you! Your account is topped up',
		text: 'The money is on its way to the shop, and your books are waiting.'
	},
	pending: {
		title: 'We are waiting for your money',
		text: 'Nothing more to do here: the shop hears of it as soon as it is decided.'
	},
	rejected: {
		title: 'Your top-up was not paid',
		text: 'No money was taken. You can try again whenever you like.'
	}
};

const paidOut: ShopTexts['back'] = {
	successful: { title: 'Your money is on its way', text: 'The payout has been sent.' },
	pending: {
		title: 'The shop has your request',
		text: 'It decides now: the buttons are beside this, in the shop’s console.'
	},
	rejected: {
		title: 'Nothing was paid out',
		text: 'The money is still in your reading account.'
	}
};

const about =
	'On the left is a merchant’s page, on the right what its server says and hears. Nothing here is ' +
	'special: the shop uses the API, the element and the webhooks as yours would, and no real money ' +
	'moves.';

/** Of each way to use the Cashier API. */
export const wayTexts: Record<Choices['way'], ShopTexts> = {
	deposit: {
		title: 'A shop that takes payments with Cashdesk',
		about,
		heading: 'Top up your reading account',
		orderTitle: 'Pay, and watch what happens',
		orderAbout:
			'The payment page is Cashdesk’s, the page around it the shop’s. Copy a card, pay, and see ' +
			'the events and the signed webhook come in.',
		ready: 'Your top-up is ready to be paid',
		open: 'Pay now',
		back: paidIn,
		said: {
			request: 'The shop’s server opens a session for this payer.',
			answer: 'The token opens the payment page, and nothing else.'
		}
	},
	withdrawal: {
		title: 'A shop that pays money out',
		about:
			'The payer says where the money should go, the shop’s server says yes or no, and Cashdesk ' +
			'sends it to the payout provider.',
		heading: 'Withdraw from your reading account',
		orderTitle: 'Ask for a payout, then decide on it',
		orderAbout:
			'Be the payer on the left and ask for the money. Then be the shop on the right: approve or ' +
			'reject the request.',
		ready: 'Your payout is ready to be asked for',
		open: 'Open the payout page',
		back: paidOut,
		said: {
			request: 'The shop’s server opens a session for this payer.',
			answer: 'The token opens the payout page, and nothing else.'
		}
	},
	card: {
		title: 'A shop with a card form of its own',
		about:
			'The card goes from the shop’s page to the shop’s server, and from there to Cashdesk. Whoever ' +
			'does this with real cards must be certified for it (PCI DSS).',
		heading: 'Top up by card',
		orderTitle: 'The card went from server to server',
		orderAbout:
			'Where the bank asks the payer, the answer carries an address that the shop leads them to.',
		ready: 'Your bank has a question',
		open: 'Continue to your bank',
		back: paidIn,
		said: {
			request: 'The shop’s server sends the card on. It keeps nothing of it.',
			answer: 'A url leads the payer to their bank; an empty one leaves them nothing to do.'
		}
	},
	wallet: {
		title: 'A shop that leads straight to a wallet',
		about:
			'The shop names a provider account, and the payer goes to that provider’s page without seeing ' +
			'a cashier.',
		heading: 'Top up by Pebble Wallet',
		orderTitle: 'To the wallet, past the cashier',
		orderAbout: 'The answer carries the address of the wallet’s own page.',
		ready: 'Your wallet is waiting',
		open: 'Continue to Pebble Wallet',
		back: paidIn,
		said: {
			request: 'The shop’s server names the account to be used.',
			answer: 'The url is the wallet’s own page.'
		}
	}
};
