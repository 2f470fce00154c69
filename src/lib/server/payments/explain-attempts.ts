import type { Reader } from '$lib/server/db/database';

/**
 * Every try of a transaction, the first one first: where it was sent, on which terms, what came of
 * it, and what its provider has told on its own.
 */
export async function explainAttempts(read: Reader, transactionId: string, currency: string) {
	const [attempts, receipts, notifications] = await Promise.all([
		readAttempts(read, transactionId),
		readReceipts(read, transactionId),
		readNotifications(read, transactionId)
	]);
	return attempts.map((attempt) => ({
		id: attempt.id,
		number: attempt.number,
		leg: attempt.leg,
		state: attempt.state,
		reason: attempt.reason,
		reasonMessage: attempt.reason_message,
		account: { id: attempt.provider_account_id, name: attempt.account_name },
		provider: attempt.provider,
		providerReference: attempt.provider_reference,
		method: attempt.method,
		cardBrand: attempt.card_brand,
		money: { amount: attempt.amount, currency: attempt.currency },
		ofTransaction: { amount: attempt.user_amount, currency },
		fee: { amount: attempt.fee, currency },
		merchantFee: { amount: attempt.merchant_fee, currency },
		conversion: attempt.rate && {
			rate: attempt.rate,
			source: attempt.rate_source,
			date: attempt.rate_date,
			fee: { amount: attempt.fx_fee, currency: attempt.currency }
		},
		/** How many accounts the same form may still go on to. */
		followers: attempt.followers,
		/** How often the provider was asked how it ended, and when it is asked again. */
		asked: attempt.asked,
		askAt: attempt.ask_at,
		payUntil: attempt.pay_until,
		createdAt: attempt.created_at,
		updatedAt: attempt.updated_at,
		receipts: receipts
			.filter(({ attempt_id }) => attempt_id === attempt.id)
			.map(({ receipt_id: id, received_at: at, ...money }) => ({
				id,
				at,
				money: { amount: money.amount, currency: money.currency }
			})),
		notifications: notifications
			.filter(({ attempt_id }) => attempt_id === attempt.id)
			.map(({ message_id: id, received_at: at, processed_at: processedAt, result }) => ({
				id,
				at,
				processedAt,
				result
			}))
	}));
}

async function readAttempts(read: Reader, transactionId: string) {
	return read
		.selectFrom('attempts as a')
		.leftJoin('provider_accounts as p', 'p.id', 'a.provider_account_id')
		.select([
			'a.id',
			'a.number',
			'a.leg',
			'a.state',
			'a.reason',
			'a.reason_message',
			'a.provider_account_id',
			'p.name as account_name',
			'a.provider',
			'a.provider_reference',
			'a.method',
			'a.card_brand',
			'a.amount',
			'a.currency',
			'a.user_amount',
			'a.fee',
			'a.merchant_fee',
			'a.rate',
			'a.rate_source',
			'a.rate_date',
			'a.fx_fee',
			'a.followers',
			'a.asked',
			'a.ask_at',
			'a.pay_until',
			'a.created_at',
			'a.updated_at'
		])
		.where('a.transaction_id', '=', transactionId)
		.orderBy('a.number')
		.execute();
}

async function readReceipts(read: Reader, transactionId: string) {
	return read
		.selectFrom('receipts')
		.select(['attempt_id', 'receipt_id', 'amount', 'currency', 'received_at'])
		.where('transaction_id', '=', transactionId)
		.orderBy('received_at')
		.execute();
}

async function readNotifications(read: Reader, transactionId: string) {
	return read
		.selectFrom('notifications as n')
		.innerJoin('attempts as a', 'a.id', 'n.attempt_id')
		.select(['n.attempt_id', 'n.message_id', 'n.received_at', 'n.processed_at', 'n.result'])
		.where('a.transaction_id', '=', transactionId)
		.orderBy('n.received_at')
		.execute();
}
