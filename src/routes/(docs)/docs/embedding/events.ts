/** The events of the element. Words between backticks are shown as code. */
export const elementEvents: readonly (readonly string[])[] = [
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
