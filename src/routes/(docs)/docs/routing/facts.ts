/** The tables of this page. Words between backticks are shown as code. */
type Rows = readonly (readonly string[])[];

export const methods: Rows = [
	['`card`', 'Number in our form or from your server, 3-D Secure where the bank wants it.'],
	['`wallet`', 'The wallet’s own page, and back.'],
	[
		'`bank_transfer`',
		'Account, exact amount, reference and QR code; it is paid when the money arrives. Too little waits for the rest; too much, or too late, is kept for you to decide on.'
	],
	['`voucher`', 'A code that the payer bought somewhere.'],
	['`bank`', 'Payout to an IBAN, or to a local account where there are none.'],
	['`card_payout`', 'Payout to a card.'],
	['`wallet_payout`', 'Payout to a wallet.'],
	['`phone_payout`', 'Payout to a telephone number.']
];

export const accountSettings: Rows = [
	['`methods`', 'Names; without it all that the provider offers.'],
	['`currencies`', 'What the account moves; without it all, and nothing is ever converted.'],
	['`converts`', '`false`: no other currencies than those. Otherwise they are converted.'],
	['`countries`', 'Of payers. An unknown country passes only without the list.'],
	['`limits`', 'Lowest and highest amount, by method, intent and currency.'],
	['`fees`', 'Fixed and percent, by method, intent and currency; the payer or you bear them.'],
	['`fxPercent`', 'The fee for converting.'],
	['`hours`', 'Days and times at which payments may begin, with a time zone.'],
	['`maintenance`', 'When they may not.']
];

export const conditions: Rows = [
	['`intents`, `methods`, `modes`', 'What is to be done, and by what.'],
	['`currencies`', 'Of the payment.'],
	['`currency`, `lowest`, `highest`', 'Bounds of the amount.'],
	['`countries`, `kyc`, `tags`', 'Of the payer: country, KYC status, your own marks.'],
	['`brands`, `bins`', 'Of the card: its brand, its first digits.']
];
