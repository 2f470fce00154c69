/** The tables of the documentation. Words between backticks are shown as code. */
type Rows = readonly (readonly string[])[];

export const callRows: Rows = [
	['`POST /cashier`', 'Opens a page on which a payer pays in.'],
	['`POST /withdrawal`', 'Opens a page on which a payer asks for a payout.'],
	['`POST /withdrawal/approve`', 'Lets a requested payout go.'],
	['`POST /withdrawal/reject`', 'Ends a requested payout.'],
	['`POST /direct`', 'Leads a payer to a provider’s own page, past the cashier.'],
	['`POST /s2s`', 'Charges a card that your own form took.'],
	['`GET /transaction/status`', 'How one transaction stands.'],
	['`GET /transactions`', 'The transactions of up to eight days.']
];

export const requestFields: Rows = [
	['`mode`', '`test` or `live`', 'As the key. Required.'],
	['`user_id`', 'text, number', 'Your id of the payer; a number is taken as its digits. Required.'],
	[
		'`tracking_id`',
		'text ≤ 128',
		'Your id of the order. The same call again leads to the same session; another order under an id that is open or paid is refused. Free again once the order was rejected. Required.'
	],
	['`currency`', 'ISO 4217', 'In capitals. Required.'],
	[
		'`amount`',
		'decimal',
		'Number or text, with no more decimals than the currency has. In the cashiers it may be left out: then the payer chooses.'
	],
	['`amount_restricted`', 'boolean', 'Cashiers. `true`: the payer cannot change the amount.'],
	['`theme`', '`auto`, `light`, `dark`', 'Cashiers. Colours of the page. Without it `auto`.'],
	['`provider_id`', 'number', '`/direct`: one of your provider accounts. Required there.'],
	['`routing_id`', 'number', '`/s2s`: one of your sets of rules. Without it the default one.'],
	['`ip`', 'IPv4, IPv6', 'The payer’s address.'],
	[
		'`customer`',
		'object',
		'`first_name`, `last_name`, `email`, `zip_code`, `address`, `city`, `dob` (DD/MM/YYYY), `country_code`, `phone` (`country`, `number`, `prefix`), `kyc_status` (`passed`, `pending`, `failed`, `none`), and for deposits `max_deposit_limit`. All optional.'
	],
	['`settings`', 'object', 'The options below. An unknown one is refused by its name.']
];

export const cardFields: Rows = [
	['`holder_name`', 'text ≤ 100', 'As on the card.'],
	['`card_number`', 'digits in text', 'With spaces or dashes if you like.'],
	['`cvc`', '3 or 4 digits in text', 'American Express has 4.'],
	['`exp_month`', '`MM`', 'In text: `"05"`.'],
	['`exp_year`', '`YYYY`', 'In text. A card that has expired is refused and never sent on.']
];

export const settingsFields: Rows = [
	[
		'`return_url`',
		'Where the payer goes afterwards. `success_url`, `failure_url` and `cancel_url` take precedence.'
	],
	['`webhook_url`', 'Where the webhooks of this order go instead of the application’s address.'],
	['`locale`', 'Language of the page, such as `en` or `ar`. Without it the browser’s.'],
	[
		'`methods`',
		'Names of the methods that are offered. Deposits: `card`, `wallet`, `bank_transfer`, `voucher`; withdrawals: `bank`, `card_payout`, `wallet_payout`, `phone_payout`.'
	],
	['`preset_amounts`', 'Up to six amounts that the payer can pick.'],
	['`expires_in`', 'Seconds that the session lasts: 300 to 86 400, without it 3 600.'],
	['`description`', 'What is paid for, in up to 255 characters.']
];

export const statuses: Rows = [
	[
		'`pending`',
		'Not decided: not begun, at the bank or wallet, waiting for a transfer, for your decision on a payout, or for an answer.'
	],
	['`successful`', 'Paid, or paid out. This does not change any more.'],
	[
		'`rejected`',
		'Declined, canceled, expired, rejected by you, or failed at the provider; `rejected_reason` says why. This does not change any more.'
	]
];

export const listFields: Rows = [
	['`transaction_id`', 'Our id.'],
	['`gateway_transaction_id`', 'Our id of the try at the provider; `null` before there was one.'],
	['`provider_transaction_id`', 'The provider’s id of it.'],
	['`transaction_type`', '`deposit` or `withdrawal`.'],
	['`transaction_date`', 'When it was opened, UTC.'],
	['`status`', 'As below.'],
	['`payment_provider`', 'Whose account it went to.'],
	['`customer_id`', 'Your `user_id`: a number where it is a whole one.'],
	['`amount`, `currency`', 'What the provider moved. A fee that the payer bears is in it.'],
	['`user_amount`, `user_currency`', 'What the payer saw, without the fee.'],
	['`fx_amount`', 'The fee for converting, in the provider’s currency; 0 without one.']
];

export const errorCodes: Rows = [
	['400', '`unreadable`', 'The body is no JSON, or a query parameter is wrong.'],
	['401', '`unauthenticated`', 'The key is missing, mistyped or revoked.'],
	[
		'403',
		'`wrong_mode`, `live_disabled`',
		'The key is for the other mode, or live mode is off here.'
	],
	['404', '`not_found`', 'Nothing of yours has this id, or there is no such address.'],
	['405', '`method_not_allowed`', 'The address takes another method, such as POST.'],
	['409', '`reference_reused`', 'This `tracking_id` belongs to another order.'],
	['409', '`in_progress`', 'A call with this `Idempotency-Key` is still running.'],
	['409', '`not_requested`', 'The payer has not asked for this payout yet.'],
	['409', '`already_decided`', 'This payout was decided otherwise, or the payer took it back.'],
	['413', '`too_large`', 'The body is over 256 KiB.'],
	['415', '`unsupported_content_type`', 'The body must be `application/json`.'],
	['422', '`invalid`', 'Fields are faulty; `errors` names each by its path.'],
	['422', '`idempotency_mismatch`', 'This `Idempotency-Key` was used with another body.'],
	['429', '`rate_limited`', 'Too many calls. `Retry-After` says how many seconds to wait.'],
	['500', '`internal`', 'Our fault; please tell us the `request_id`.']
];
