import { methodsEn } from './methods-en';
import { withdrawalEn } from './withdrawal-en';

/**
 * Every text that a payer reads, in English: ICU messages under dotted names. Values are put in as
 * plain text. A branch of a plural is a phrase, never one word, for the sake of `ValueNames`.
 */
export const en = {
	...methodsEn,
	...withdrawalEn,

	// The window's title, by what the page shows.
	'title.pay': 'Pay {merchant}',
	'title.action': 'Confirm your payment',
	'title.pending': 'Payment in progress',
	'title.succeeded': 'Payment successful',
	'title.declined': 'Payment declined',
	'title.expired': 'Payment expired',
	'title.canceled': 'Payment canceled',
	'title.unknown': 'Page not found',
	'title.link_changed': 'Link not valid',
	'title.link_expired': 'Link expired',
	'title.tries': 'Too many tries',
	'title.error': 'Something went wrong',
	'title.with_problem': 'Problem: {title}',

	// What is paid, to whom.
	'summary.heading': 'Pay {merchant}',
	'summary.for': 'For',
	'summary.amount': 'Amount',
	'summary.fee': 'Fee',
	'summary.total': 'Total',
	'summary.logo': 'Logo of {merchant}',
	'time.left':
		'{minutes, plural, =0 {Less than a minute left} one {# minute left} other {# minutes left}}',

	// Where the payer chooses the amount.
	'amount.label': 'Amount in {currency}',
	'amount.presets': 'Common amounts',
	'amount.between': 'From {lowest} to {highest}',
	'amount.from': 'At least {lowest}',
	'amount.to': 'At most {highest}',
	'amount.continue': 'Continue',
	'amount.change': 'Change the amount',
	'amount.problem.empty': 'Enter an amount',
	'amount.problem.not_a_number': 'Enter the amount in digits, such as {example}',
	'amount.problem.too_many_decimals':
		'{digits, plural, =0 {Enter a whole amount} one {Use # decimal} other {Use at most # decimals}}',
	'amount.problem.too_large': 'This amount is too large',
	'amount.problem.ambiguous': 'Do you mean {first} or {second}?',
	'amount.problem.too_low': 'Enter {lowest} or more',
	'amount.problem.too_high': 'Enter {highest} or less',
	'amount.reading': 'I mean {amount}',

	// The card form.
	'card.heading': 'Card details',
	'card.accepted': 'Accepted cards: {brands}',
	'card.number.label': 'Card number',
	'card.number.problem.missing': 'Enter the card number',
	'card.number.problem.incomplete': 'Digits are missing from the card number',
	'card.number.problem.too_long': 'The card number has too many digits',
	'card.number.problem.invalid': 'Check the card number: at least one digit is wrong',
	'card.number.problem.unsupported': 'Cards of this kind are not accepted. Use another card',
	'card.expiry.label': 'Expiry date',
	'card.expiry.hint': 'MM / YY, as on the card',
	'card.expiry.placeholder': 'MM / YY',
	'card.expiry.problem.missing': 'Enter the expiry date',
	'card.expiry.problem.incomplete': 'Enter two digits for the month and two for the year',
	'card.expiry.problem.impossible': 'Check the expiry date: it is not a possible date',
	'card.expiry.problem.expired': 'This card has expired. Check the date or use another card',
	'card.code.label': 'Security code',
	'card.code.hint': '3 digits on the back of the card',
	'card.code.hint_4': '4 digits on the front of the card',
	'card.code.hint_any': '3 digits on the back; Amex: 4 on the front',
	'card.code.problem.missing': 'Enter the security code',
	'card.code.problem.length_3': 'The security code has 3 digits, on the back of the card',
	'card.code.problem.length_4': 'The security code has 4 digits, on the front of the card',
	'card.name.label': 'Name on card',
	'card.name.problem.missing': 'Enter the name on the card',
	'card.name.problem.card_number': 'Enter a name here, not the card number',
	'card.name.problem.too_long': 'This name is too long. Enter it as it is on the card',
	'card.retype': 'For your safety, enter the card number and the security code again',
	'card.pay': 'Pay {amount}',
	'card.paying': 'Paying…',
	'cancel.button': 'Cancel and go back to {merchant}',

	// Forms in general.
	'form.problem_heading': 'There is a problem',
	'form.required': 'required',
	'form.optional': 'optional',
	'form.error_prefix': 'Error:',
	'form.stale': 'This page was out of date. Nothing was charged. Check the details and try again.',
	'form.offline': 'No connection. Check your internet connection before you try again.',

	// Test mode.
	'test.mark': 'Test mode',
	'test.cards': 'Test cards',
	'test.explanation': 'No real money moves. Never enter a real card here. These cards work:',
	'test.card.succeeds': '{number}: is accepted',
	'test.card.challenge': '{number}: asks for confirmation by the bank',
	'test.card.declined': '{number}: is declined',
	'test.card.rest': 'With any future expiry date, any security code and any name.',

	// The step at the bank or provider.
	'action.heading': 'Confirm your payment of {amount}',
	'action.explanation':
		'Your bank wants to make sure that it is you. Nothing is charged until then.',
	'action.means': 'It may ask for a code, a password or a tap in its app.',
	'action.continue': 'Continue to your bank',
	'action.redirect': 'The payment goes on at {provider}.',
	'action.redirect_continue': 'Continue to {provider}',
	'action.afterwards': 'Afterwards you come back here.',
	'action.time': 'You have about 10 minutes.',
	'action.dialog': 'Confirmation by your bank',
	'action.close': 'Close',
	'action.not_shown': 'Nothing shown? Open your bank’s page',
	'action.cancel': 'Cancel this payment',
	'action.cancel_question': 'Do you want to cancel this payment?',
	'action.keep': 'Go on with the confirmation',

	// Sent, not decided.
	'pending.heading': 'Your payment is on its way',
	'pending.known': 'We sent your payment of {amount}. The answer is not here yet.',
	'pending.next': 'You do not need to do anything. Please do not pay again.',
	'pending.refreshes': 'This page updates by itself.',
	'pending.refresh': 'Update now',
	'pending.leave': 'You may close this page. {merchant} will learn the result.',

	// The result.
	'result.succeeded.heading': 'Payment successful',
	'result.succeeded.text': 'You paid {amount} to {merchant}.',
	'result.declined.heading': 'Payment declined',
	'result.declined.text': 'Your payment of {amount} to {merchant} was not made.',
	'result.expired.heading': 'The time to pay is over',
	'result.expired.text': 'Nothing was charged. Go back to {merchant} to start again.',
	'result.canceled.heading': 'Payment canceled',
	'result.canceled.text': 'Nothing was charged.',
	'result.canceled.by_merchant': '{merchant} has canceled this payment.',
	'result.card': '{brand} ending in {last4}',
	'result.support': 'Support code',
	'result.support_hint': 'If you have a question, give {merchant} this code.',
	'result.try_again': 'Try again',
	'result.other_card': 'Use another card',
	'result.back': 'Back to {merchant}',
	'result.telling': 'Telling {merchant} about it. One moment, please.',
	'result.returning': 'You will be taken back to {merchant} in a moment.',

	// Why a try was declined, and what helps.
	'declined.declined.what': 'Your bank declined the payment without giving a reason.',
	'declined.declined.next': 'Use another card, or ask your bank.',
	'declined.insufficient_funds.what': 'There is not enough money on this card.',
	'declined.insufficient_funds.next': 'Use another card, or top this one up first.',
	'declined.expired_card.what': 'This card has expired.',
	'declined.expired_card.next': 'Check the expiry date, or use another card.',
	'declined.lost_or_stolen.what': 'Your bank does not allow payments with this card.',
	'declined.lost_or_stolen.next': 'Use another card, and ask your bank about this one.',
	'declined.processing_error.what': 'A technical fault stopped the payment.',
	'declined.processing_error.next': 'Try again in a few minutes, or use another card.',
	'declined.invalid_card.what': 'Your bank did not recognize the card details.',
	'declined.invalid_card.next': 'Check the number, expiry date and security code.',
	'declined.authentication_failed.what': 'Your bank could not confirm that it was you.',
	'declined.authentication_failed.next': 'Try again, or use another card.',
	'declined.authentication_canceled.what': 'You canceled the confirmation with your bank.',
	'declined.authentication_canceled.next': 'Try again whenever you are ready.',
	'declined.authentication_timeout.what': 'The time to confirm with your bank ran out.',
	'declined.authentication_timeout.next': 'Try again, and have your phone or bank app at hand.',
	'declined.provider_unavailable.what': 'The card service cannot be reached at the moment.',
	'declined.provider_unavailable.next': 'Try again in a few minutes.',
	'declined.attempts_exhausted.what': 'There were too many tries to pay.',
	'declined.attempts_exhausted.next': 'Go back to {merchant} to start again.',

	// When there is no payment to show.
	'unknown.heading': 'This link does not work',
	'unknown.text': 'It may be incomplete. Open it again from the page where you found it.',
	'link.changed.heading': 'This link is not valid',
	'link.changed.text':
		'A part of it is missing or was changed. Open it again from where you found it.',
	'link.expired.heading': 'This link has expired',
	'link.expired.text': 'No payment can be started with it any more.',
	'link.expired.paid': 'The payment to {merchant} was made.',
	'link.expired.next': 'Go back to {merchant} for a new one.',
	'tries.heading': 'Too many tries',
	'tries.wait': '{minutes, plural, one {Try again in # minute.} other {Try again in # minutes.}}',
	'error.heading': 'Something went wrong on our side',
	'error.text': 'Open this page again to see where your payment stands before you pay again.',
	'error.reload': 'Open again',
	'error.code': 'Error code: {code}',

	// Where a merchant's page cannot show ours.
	'embed.frame': 'Payment to {merchant}',
	'embed.blocked': 'The payment page cannot be shown here.',
	'embed.open': 'Open the payment page in a new tab'
} as const satisfies Record<string, string>;

export type MessageKey = keyof typeof en;
