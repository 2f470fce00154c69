import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import type { Entry, Posting } from './posting';

/** Appends the entries of a posting. The primary key refuses a posting that is there already. */
export async function insertEntries(
	{ clock }: Context,
	tx: Tx,
	{ merchantId, mode, transactionId, posting }: Posting,
	entries: readonly Entry[]
): Promise<void> {
	const createdAt = clock.now();
	const rows = entries.map(({ account, currency, amount }, at) => ({
		transaction_id: transactionId,
		posting,
		line: at + 1,
		merchant_id: merchantId,
		mode,
		currency,
		account,
		amount,
		created_at: createdAt
	}));
	await tx.insertInto('ledger_entries').values(rows).execute();
}

/** Adds to balances in one statement, which takes the rows in the order of `moves`. */
export async function moveBalances(
	tx: Tx,
	{ merchantId, mode }: Posting,
	moves: readonly Entry[]
): Promise<void> {
	if (moves.length === 0) return;
	const rows = moves.map(({ account, currency, amount }) => ({
		merchant_id: merchantId,
		mode,
		currency,
		account,
		balance: amount
	}));
	await tx
		.insertInto('ledger_balances')
		.values(rows)
		.onConflict((conflict) =>
			conflict
				.columns(['merchant_id', 'mode', 'currency', 'account'])
				.doUpdateSet(({ ref, eb }) => ({
					balance: eb(ref('ledger_balances.balance'), '+', ref('excluded.balance'))
				}))
		)
		.execute();
}
