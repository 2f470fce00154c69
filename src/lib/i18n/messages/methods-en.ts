/** The ways to pay, in English: choosing one, its terms, its form and what follows. */
export const methodsEn = {
	// The choice. Named for the kind of method, where a brand has no name of its own.
	'method.heading': 'How do you want to pay?',
	'method.card': 'Card',
	'method.redirect': 'Online wallet',
	'method.bank_transfer': 'Bank transfer',
	'method.voucher': 'Voucher',
	'method.bank_payout': 'Bank account',
	'method.card_payout': 'Card',
	'method.wallet_payout': 'Wallet',
	'method.phone_payout': 'Phone number',
	'method.another_card': 'Another card',
	'method.kept': '{brand} {number}, {expiry}',
	'method.fee': '+ {fee} fee',
	'method.fee_off': '{fee} fee',
	'method.free': 'No fee',
	'method.converted': 'Charged in {currency}',
	'method.converted_payout': 'Paid out in {currency}',
	'method.takes.at_once': 'Arrives at once',
	'method.takes.minutes': 'Arrives within minutes',
	'method.takes.hours': 'Arrives within hours',
	'method.takes.days': 'Arrives within days',
	'method.continue': 'Continue',
	'method.remove': 'Remove',
	'method.remove_named': 'Remove {name}',
	'method.other': 'Pay another way',
	'method.problem.missing': 'Choose how you want to pay',

	// Why a method cannot be used now.
	'method.because.off': 'Not possible for this payment',
	'method.because.currency': 'Not possible in {currency}',
	'method.because.no_rate': 'No exchange rate for {currency} at the moment',
	'method.because.country': 'Not possible in your country',
	'method.because.lowest': 'Only from {lowest}',
	'method.because.too_low': 'Only for higher amounts',
	'method.because.highest': 'Only up to {highest}',
	'method.because.too_high': 'Only for lower amounts',
	'method.because.outside_hours': 'Closed at this hour. Try again later',
	'method.because.maintenance': 'Out of order at the moment. Try again later',
	'method.because.limit_left': 'At the moment you can pay {left} at most this way',
	'method.because.limit_left_payout': 'At the moment you can withdraw {left} at most this way',
	'method.because.limit_reached': 'You have reached your limit. Possible again from {until}',
	'method.because.not_verified': '{merchant} has to verify who you are first',
	'method.none.heading': 'No way to pay at the moment',
	'method.none.not_set_up': '{merchant} has not set up a way to pay this yet.',
	'method.none.next': 'Nothing was charged. {merchant} can help you.',

	// What happened before a form or a choice.
	'notice.card_removed': 'The card was removed. It is not kept any more.',
	'notice.card_gone':
		'This saved card was removed. Nothing was charged. Choose how you want to pay.',
	'notice.unavailable': 'This way to pay is not possible right now. Nothing was charged.',
	'notice.card_unavailable':
		'This card cannot be used here. Nothing was charged. Use another card.',
	'notice.called_off': 'The payment by “{method}” was called off. Nothing was charged.',
	'notice.called_off_short':
		'The payment by “{method}” was called off. {amount} had arrived: ask {merchant} for it.',
	'notice.not_called_off':
		'This payment cannot be called off at the moment. Try again in a few minutes.',
	'notice.requote':
		'The terms have changed, or you saw them more than 15 minutes ago. Nothing was charged. Check them before you pay.',

	// Fees and conversion.
	'terms.caption': 'What you pay',
	'terms.rate': 'Exchange rate',
	'terms.rate_source': '{rate}, {source}, {date}',
	'terms.conversion_fee': 'Fee for the conversion',
	'terms.charged': 'You are charged',

	// Saved cards.
	'card.keep.label': 'Keep this card for next time',
	'card.keep.hint': 'Without its security code. You can remove it whenever you like.',
	'kept.heading': 'Your saved card',

	// Forms of the other methods.
	'redirect.explanation': 'You pay on the page of {name}. Afterwards you come back here.',
	'redirect.continue': 'Continue to {name}',
	'redirect.heading': 'Pay {amount} with {name}',
	'redirect.open': 'Open {name}',
	'redirect.time': 'You have about 30 minutes.',
	'transfer.explanation':
		'We show you an account, the exact amount and a reference. You transfer the money with your own bank.',
	'transfer.continue': 'Show the bank details',
	'voucher.explanation': 'Enter the code that you bought. It has to be worth the whole amount.',
	'voucher.label': 'Voucher code',
	'voucher.problem.missing': 'Enter the voucher code',
	'voucher.problem.invalid': 'Check the voucher code: letters, digits and dashes only',

	// How to transfer the money.
	'transfer.heading': 'Transfer {amount}',
	'transfer.exact':
		'Transfer exactly this amount, and give the reference: it tells whose money it is.',
	'transfer.arrived': '{received} of {amount} has arrived.',
	'transfer.missing': 'Transfer the missing {missing} too, with the same reference.',
	'transfer.enough': 'If no more arrives in time, {merchant} takes what has arrived.',
	'transfer.field.amount': 'Amount',
	'transfer.field.holder': 'Account holder',
	'transfer.field.iban': 'IBAN',
	'transfer.field.bic': 'BIC',
	'transfer.field.account_number': 'Account number',
	'transfer.field.bank_code': 'Bank code',
	'transfer.field.bank': 'Bank',
	'transfer.field.reference': 'Reference',
	'transfer.copy': 'Copy',
	'transfer.copy_named': 'Copy: {field}',
	'transfer.copied': 'Copied',
	'transfer.qr': 'QR code for your banking app',
	'transfer.until': 'Transfer the money by',
	'transfer.waits': 'This page shows the payment when it has arrived. You may close it.',
	'transfer.refresh': 'Has it arrived?',
	'transfer.later': 'Back to {merchant}, I will pay later',
	'transfer.simulate': 'Test mode: send the money at the make-believe bank',

	// The result.
	'result.taken_short':
		'{merchant} has received {received} of {asked} and takes it as your payment.',
	'result.taken_over': 'That is {surplus} more than was asked for. {merchant} has received it all.',
	'result.reversed':
		'It was accepted at first, but the money did not come in the end. Ask {merchant} what to do now.',
	'result.surplus': '{amount} too much arrived: ask {merchant} for it, with the support code.',
	'result.short': '{amount} had arrived: ask {merchant} for it, with the support code.',
	'result.method': 'Paid with',

	// Why a try was declined, where it was not by card.
	'declined.declined_elsewhere.what': 'The payment was declined without a reason.',
	'declined.declined_elsewhere.next': 'Try again, or pay another way.',
	'declined.insufficient_funds_elsewhere.what': 'There is not enough money for this payment.',
	'declined.insufficient_funds_elsewhere.next': 'Add money first, or pay another way.',
	'declined.processing_error_elsewhere.what': 'A technical fault stopped the payment.',
	'declined.processing_error_elsewhere.next': 'Try again in a few minutes, or pay another way.',
	'declined.provider_unavailable_elsewhere.what': 'The service cannot be reached at the moment.',
	'declined.provider_unavailable_elsewhere.next': 'Try again in a few minutes, or pay another way.',
	'declined.authentication_timeout_elsewhere.what': 'The time to pay ran out.',
	'declined.authentication_timeout_elsewhere.next': 'Try again whenever you are ready.',
	'declined.invalid_voucher.what': 'There is no voucher with this code.',
	'declined.invalid_voucher.next': 'Check each letter and digit of the code.',
	'declined.used_voucher.what': 'This voucher has been used before.',
	'declined.used_voucher.next': 'Use another voucher, or pay another way.',
	'declined.invalid_account.what': 'The account does not exist, or is closed.',
	'declined.invalid_account.next': 'Check the account, or use another one.',
	'declined.not_paid_in_time.what': 'The money did not arrive in time.',
	'declined.not_paid_in_time.next': 'If you have sent it, {merchant} will be told when it arrives.',
	'declined.paid_too_little.what': 'Less than the whole amount arrived in time.',
	'declined.paid_too_little.next':
		'Ask {merchant} for the money that arrived, with the support code.'
} as const satisfies Record<string, string>;
