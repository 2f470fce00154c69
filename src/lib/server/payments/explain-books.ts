import type { Reader } from '$lib/server/db/database';

/** What went back, what has no use, and all that was booked for a transaction. */
export async function explainBooks(read: Reader, transactionId: string) {
	const [refunds, unapplied, ledger] = await Promise.all([
		explainRefunds(read, transactionId),
		explainUnapplied(read, transactionId),
		explainLedger(read, transactionId)
	]);
	return { refunds, unapplied, ledger };
}

/** Refunds, those of money without a use included; the oldest first. */
async function explainRefunds(read: Reader, transactionId: string) {
	const rows = await read
		.selectFrom('refunds')
		.selectAll()
		.where('transaction_id', '=', transactionId)
		.orderBy('id')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		attemptId: row.attempt_id,
		reference: row.reference,
		state: row.state,
		reason: row.reason,
		reasonMessage: row.reason_message,
		money: { amount: row.amount, currency: row.currency },
		fee: { amount: row.fee, currency: row.currency },
		provider: { amount: row.provider_amount, currency: row.provider_currency },
		providerReference: row.provider_reference,
		unappliedId: row.unapplied_id,
		asked: row.asked,
		askAt: row.ask_at,
		createdAt: row.created_at,
		updatedAt: row.updated_at
	}));
}

async function explainUnapplied(read: Reader, transactionId: string) {
	const rows = await read
		.selectFrom('unapplied_money')
		.select(['id', 'attempt_id', 'receipt_id', 'amount', 'currency', 'way', 'state', 'created_at'])
		.where('transaction_id', '=', transactionId)
		.orderBy('id')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		attemptId: row.attempt_id,
		receiptId: row.receipt_id === '' ? null : row.receipt_id,
		money: { amount: row.amount, currency: row.currency },
		way: row.way,
		state: row.state,
		createdAt: row.created_at
	}));
}

/** The postings in the order in which they were made, with their entries. */
async function explainLedger(read: Reader, transactionId: string) {
	const rows = await read
		.selectFrom('ledger_entries')
		.select(['posting', 'line', 'account', 'amount', 'currency', 'created_at'])
		.where('transaction_id', '=', transactionId)
		.orderBy('created_at')
		.orderBy('posting')
		.orderBy('line')
		.execute();
	const postings = Map.groupBy(rows, ({ posting }) => posting);
	return Array.from(postings, ([posting, entries]) => ({
		posting,
		at: entries[0]?.created_at ?? 0,
		entries: entries.map(({ account, amount, currency }) => ({
			account,
			money: { amount, currency }
		}))
	}));
}
