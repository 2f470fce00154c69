/** The tables of the documentation. Words between backticks are shown as code. */
type Rows = readonly (readonly string[])[];

export const requestFields: Rows = [
	['`mode`', '`test` or `live`', 'As the key. Required.'],
	['`user_id`', 'text, number', 'Your id of the payer; a number is taken as its digits. Required.'],
	[
		'`tracking_id`',
		'text ≤ 128',
		'Your id of the order. The same call again leads to the same session; another order under an id that is open or paid is refused. Required.'
	],
	['`currency`', 'ISO 4217', 'In capitals. Required.'],
	[
		'`amount`',
		'decimal',
		'Number or text, with no more decimals than the currency has. Without it the payer chooses.'
	],
	['`amount_restricted`', 'boolean', '`true`: the payer cannot change the amount.'],
	['`theme`', '`auto`, `light`, `dark`', 'Colours of the page. Without it `auto`.'],
	['`ip`', 'IPv4, IPv6', 'The payer’s address.'],
	[
		'`customer`',
		'object',
		'`first_name`, `last_name`, `email`, `zip_code`, `address`, `city`, `dob` (DD/MM/YYYY), `country_code`, `phone`, `kyc_status`, `max_deposit_limit`. All optional.'
	],
	['`settings`', 'object', 'The options below. An unknown one is refused by its name.']
];

export const settingsFields: Rows = [
	[
		'`return_url`',
		'Where the payer goes afterwards. `success_url`, `failure_url` and `cancel_url` take precedence.'
	],
	['`webhook_url`', 'Where the webhooks of this order go instead of the application’s address.'],
	['`locale`', 'Language of the page, such as `en` or `ar`. Without it the browser’s.'],
	['`methods`', 'Names of the methods that are offered, such as `["card"]`.'],
	['`preset_amounts`', 'Up to six amounts that the payer can pick.'],
	['`expires_in`', 'Seconds that the session lasts: 300 to 86 400, without it 3 600.'],
	['`description`', 'What is paid for, in up to 255 characters.']
];

export const elementEvents: Rows = [
	['`cashdesk:ready`', 'The page shows and can be used.'],
	['`cashdesk:change`', 'A transaction entered a step on the way, such as 3-D Secure.'],
	['`cashdesk:pending`', 'The outcome is not known yet. A webhook will tell.'],
	['`cashdesk:success`', 'Paid.'],
	['`cashdesk:failure`', 'Declined or expired, for good.'],
	['`cashdesk:cancel`', 'The payer gave up.'],
	[
		'`cashdesk:redirect`',
		'The payer shall leave for `detail.url`. Call `preventDefault()` to do it yourself.'
	],
	['`cashdesk:error`', 'The page does not answer (`no_answer`) or the token is none.']
];

export const statuses: Rows = [
	['`pending`', 'Not decided: not begun, at the bank, or with an answer still to come.'],
	['`successful`', 'Paid. This does not change any more.'],
	['`rejected`', 'Declined, canceled or expired; `rejected_reason` says why.']
];

export const errorCodes: Rows = [
	['400', '`unreadable`', 'The body is no JSON, or a query parameter is wrong.'],
	['401', '`unauthenticated`', 'The key is missing, mistyped or revoked.'],
	[
		'403',
		'`wrong_mode`, `live_disabled`',
		'The key is for the other mode, or live mode is off here.'
	],
	['404', '`not_found`', 'Nothing of yours has this id.'],
	['409', '`reference_reused`', 'This `tracking_id` belongs to another order.'],
	['409', '`in_progress`', 'A call with this `Idempotency-Key` is still running.'],
	['413', '`too_large`', 'The body is over 256 KiB.'],
	['415', '`unsupported_content_type`', 'The body must be `application/json`.'],
	['422', '`invalid`', 'Fields are faulty; `errors` names each by its path.'],
	['422', '`idempotency_mismatch`', 'This `Idempotency-Key` was used with another body.'],
	['429', '`rate_limited`', 'Too many calls. `Retry-After` says how many seconds to wait.'],
	['500', '`internal`', 'Our fault; please tell us the `request_id`.']
];
