/** What a payer reads who is paid, in English; part of en.ts. */
export const withdrawalEn = {
	'title.withdraw': 'Withdraw from {merchant}',
	'title.withdrawal_confirm': 'Confirm your withdrawal',
	'title.requested': 'Withdrawal requested',
	'title.payout': 'Withdrawal on its way',
	'title.withdrawal_succeeded': 'Withdrawal paid',
	'title.withdrawal_canceled': 'Withdrawal canceled',
	'title.withdrawal_expired': 'Withdrawal expired',
	'title.rejected': 'Withdrawal rejected',
	'title.failed': 'Withdrawal failed',

	'withdrawal.heading': 'Withdraw from {merchant}',

	// Where to: the choice of a method.
	'payout.heading': 'Where do you want your money?',
	'payout.heading_rest': 'Where do you want the other {amount}?',
	'payout.problem.missing': 'Choose where you want your money',
	'payout.other': 'Choose another way',

	// No way at all.
	'payout.none.heading': 'No withdrawal possible at the moment',
	'payout.none.next': 'Your money stays with {merchant}, who can help you.',
	'payout.unverified.heading': 'Your identity has to be checked first',
	'payout.unverified.text':
		'{merchant} pays out once your identity was checked. Ask {merchant} what is missing.',

	// A closed loop.
	'split.heading': 'Back to where your deposits came from',
	'split.why': 'Money goes back first to the cards you paid with, up to what you paid with them.',
	'split.blocked.heading': 'This amount cannot be withdrawn now',
	'split.blocked.why':
		'{amount} of it has to go back to cards you paid with at {merchant}, and another request waits for that.',
	'split.blocked.next': 'Wait until that request is decided, cancel it, or withdraw less.',
	'split.part': '{amount} back to {label}',

	// The account.
	'account.heading.bank': 'Your bank account',
	'account.heading.card': 'Your card',
	'account.heading.wallet': 'Your wallet',
	'account.heading.phone': 'Your phone number',
	'account.amount': 'You withdraw',
	'account.fee': 'Fee',
	'account.arrives': 'You get',
	'account.takes': 'How long it takes',
	'account.next': 'Continue',
	'account.iban.label': 'IBAN',
	'account.iban.hint': 'It is on your bank statement and in your banking app',
	'account.iban.problem.missing': 'Enter the IBAN',
	'account.iban.problem.country': 'Start with the two letters of the country, such as DE',
	'account.iban.problem.length': 'Check the IBAN: it is too short or too long for its country',
	'account.iban.problem.wrong': 'Check the IBAN: at least one character is wrong',
	'account.use_local': 'I have no IBAN',
	'account.use_iban': 'Use an IBAN instead',
	'account.country.label': 'Country of the bank',
	'account.country.choose': 'Choose a country',
	'account.country.problem.missing': 'Choose the country of the bank',
	'account.bank_code.label': 'Bank code',
	'account.bank_code.US': 'Routing number',
	'account.bank_code.GB': 'Sort code',
	'account.bank_code.AU': 'BSB',
	'account.bank_code.CA': 'Institution and transit number',
	'account.bank_code.IN': 'IFSC',
	'account.bank_code.problem.missing': 'Enter the bank code',
	'account.bank_code.problem.wrong': 'Check the bank code: at least one character is wrong',
	'account.account_number.label': 'Account number',
	'account.account_number.problem.missing': 'Enter the account number',
	'account.account_number.problem.wrong':
		'Check the account number: at least one character is wrong',
	'account.account_number.problem.pair':
		'Check bank code and account number: they do not belong together',
	'account.holder.label': 'Account holder',
	'account.holder.hint': 'Your name, as the bank has it',
	'account.holder.problem.missing': 'Enter the name of the account holder',
	'account.holder.problem.wrong': 'Enter a name here',
	'account.holder.problem.too_long': 'This name is too long. Enter it as the bank has it',
	'account.card_refused': 'This card cannot receive money now. Check it, or use another card',
	'account.card_unavailable': 'Cards cannot be paid at the moment. Try again in a few minutes',
	'account.card_exhausted': 'There were too many tries with cards. Nothing was requested',
	'account.card_retype': 'For your safety, enter the card number again',
	'account.wallet.label': 'E-mail address or wallet ID',
	'account.wallet.label_named': 'E-mail address or ID at {wallet}',
	'account.wallet.problem.missing': 'Enter the e-mail address or ID of your wallet',
	'account.wallet.problem.wrong': 'Check the e-mail address or ID: this is not a possible one',
	'account.phone.label': 'Phone number',
	'account.phone.hint': 'With the country code, such as +44 7911 123456',
	'account.phone.problem.missing': 'Enter the phone number',
	'account.phone.problem.country': 'Start with + and the country code, such as +44 7911 123456',
	'account.phone.problem.wrong': 'Check the phone number: this is not a possible one',

	// Test mode.
	'test.accounts': 'Test accounts',
	'test.account.explanation': 'No real money moves. Never enter a real account here. These work:',
	'test.account.paid': '{account}: is paid',
	'test.account.refused': '{account}: is refused',
	'test.account.slow': '{account}: is paid five seconds later',
	'test.account.rest': 'Any other that is possible is paid.',

	// The confirmation.
	'confirm.heading': 'Check and confirm',
	'confirm.to': 'To',
	'confirm.part': '{amount} to {label}',
	'confirm.holder': 'Account holder',
	'confirm.rate_note': 'The rate and fee of the day on which it is sent apply.',
	'confirm.about': 'about {amount}',
	'confirm.decision': '{merchant} checks this withdrawal before it is sent.',
	'confirm.send': 'Withdraw {amount}',
	'confirm.change': 'Change these details',

	// What became of a form.
	'withdrawal.notice.stale':
		'This page was out of date. Nothing was requested. Please check again.',
	'withdrawal.notice.timed_out':
		'You took more than 15 minutes. For your safety, enter the details again.',
	'withdrawal.notice.changed': 'Fees or ways have changed since. Please check again.',
	'withdrawal.notice.not_covered': '{merchant} cannot pay this out now. Nothing was requested.',
	'withdrawal.notice.not_covered_next': 'Try a lower amount, or try again later.',
	'withdrawal.notice.limit': 'This is more than your limit allows. Nothing was requested.',
	'withdrawal.notice.unavailable': 'This way is not possible at the moment. Nothing was requested.',
	'withdrawal.notice.canceled':
		'Your earlier request was canceled. The money stays with {merchant}.',
	'withdrawal.notice.too_late':
		'It was too late to cancel that request: {merchant} has decided about it.',

	// Requests that wait.
	'requests.heading': 'Your open requests',
	'requests.asked': 'Requested {when}, to {label}',
	'requests.waits': 'Waiting for {merchant}',
	'requests.cancel': 'Cancel this request',
	'requests.sure': 'Cancel your withdrawal of {amount}? The money then stays with {merchant}.',
	'requests.yes': 'Yes, cancel it',

	// Requested, and what follows.
	'requested.heading': 'Your withdrawal is requested',
	'requested.text': '{merchant} now decides about it.',
	'requested.next': 'You may close this page, and come back to it to see how it stands.',
	'requested.cancel': 'Cancel this withdrawal',
	'requested.back': 'Back to {merchant}',
	'requested.caption': 'Your withdrawal',
	'requested.amount': 'Amount',
	'requested.to': 'To',
	'requested.at': 'Requested',
	'payout.on_its_way.heading': 'Your money is on its way',
	'payout.on_its_way.approved': '{merchant} has approved your withdrawal of {amount}.',
	'payout.on_its_way.sent': 'Your withdrawal of {amount} was sent.',
	'payout.on_its_way.next': 'You do not need to do anything. This page updates by itself.',

	// How it ended.
	'withdrawal.succeeded.heading': 'Your money was sent',
	'withdrawal.succeeded.text': '{merchant} has paid out {amount}.',
	'withdrawal.partly.heading': 'Part of your money was sent',
	'withdrawal.partly.text': '{merchant} has paid out {amount} of {asked}.',
	'withdrawal.partly.rest': 'The other {rest} could not be paid. They stay with {merchant}.',
	'withdrawal.rejected.heading': 'Your withdrawal was rejected',
	'withdrawal.rejected.text': '{merchant} has rejected your withdrawal of {amount}.',
	'withdrawal.failed.heading': 'Your withdrawal could not be paid',
	'withdrawal.failed.text': 'Your withdrawal of {amount} could not be paid.',
	'withdrawal.failed.why.invalid_account': 'The account does not exist or takes no payments.',
	'withdrawal.failed.why.invalid_card': 'The card takes no payments.',
	'withdrawal.failed.why.other': 'The bank or provider did not take it.',
	'withdrawal.failed.next':
		'Your money is back with {merchant}. Start again there, perhaps with another account.',
	'withdrawal.money_stays': 'Your money stays with {merchant}.',
	'withdrawal.canceled.heading': 'Your withdrawal is canceled',
	'withdrawal.canceled.text': 'Nothing was paid out. Your money stays with {merchant}.',
	'withdrawal.expired.heading': 'The time to withdraw is over',
	'withdrawal.expired.text': 'Nothing was requested. Go back to {merchant} to start again.',
	'withdrawal.leg.paid': '{amount} to {label}',
	'withdrawal.leg.failed': '{amount} to {label}: not paid'
} as const satisfies Record<string, string>;
