/** What ten thousand schedules must have met, or they proved less than they seem to. */
const wanted = [
	// A death at every call of the Context.
	...['read', 'transaction', 'query', 'insertion', 'clock', 'random'].map((at) => `crash at ${at}`),
	'crash at after transaction',
	'crash at after insertion',
	...['POST /payments', 'GET /payments/…', 'POST /payments/…/cancel', 'POST /payouts'].flatMap(
		(call) => [`crash at fetch ${call}`, `crash at answer of ${call}`]
	),
	...['POST /refunds', 'webhook'].map((call) => `crash at answer of ${call}`),
	// Whatever a line can do.
	...['POST /payments', 'POST /payouts', 'POST /refunds', 'notification', 'webhook'].flatMap(
		(line) =>
			['request lost', 'reply lost', 'twice', 'late', 'refused', 'garbled', 'time-out'].map(
				(what) => `${line}: ${what}`
			)
	),
	'commit lost',
	'database down',
	'ran again',
	'slow step',
	'webhook refused',
	'acquirer broke its word',
	// What payers, shops and providers make of it.
	...['succeeded', 'declined', 'canceled', 'expired'].map((end) => `deposit ${end}`),
	...['succeeded', 'failed', 'rejected', 'canceled', 'expired'].map((end) => `withdrawal ${end}`),
	...['card', 'wallet', 'bank_transfer', 'voucher', 'bank', 'wallet_payout', 'card_payout'].map(
		(method) => `${method} attempt succeeded`
	),
	'kept card used',
	'next account tried',
	'less taken',
	'more taken',
	'credited after the end',
	'attested confirmed',
	'attested reversed',
	'converted succeeded',
	'with a fee succeeded',
	'withdrawal in several legs',
	'refund succeeded',
	'refund failed',
	'return succeeded',
	'unapplied back returned',
	'unapplied queue waiting',
	'form card: stale',
	'form card: requote',
	'form card: limit_reached',
	'request: not_covered',
	'request: blocked',
	'approve: already_decided',
	'reject: already_decided',
	'refund: not_refundable',
	'call: in_progress',
	'cancel action_required: canceled',
	'cancel requested: canceled'
];

export function missingFrom(counts: Record<string, number>): string[] {
	return wanted.filter((what) => !counts[what]);
}
