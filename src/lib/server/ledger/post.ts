import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import { movesOf, soundEntries, type Posting } from './posting';
import { insertEntries, moveBalances } from './write-posting';

/**
 * Books a fact: appends its entries and moves the balances with them, in the transaction that
 * writes the fact itself. Best called last in it, since on PostgreSQL the rows of a merchant's
 * balances stay locked from here to the commit (decision 0007).
 *
 * A posting that is there already is refused by the primary key, with the caller's transaction.
 * @throws Error, a defect, unless the entries add up to 0 in every currency and are not all 0.
 */
export async function post(context: Context, tx: Tx, posting: Posting): Promise<void> {
	const entries = soundEntries(posting);
	await insertEntries(context, tx, posting, entries);
	await moveBalances(tx, posting, movesOf(entries));
}
