import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import { movesOf, soundEntries, type Entry, type Posting } from './posting';
import { insertEntries, moveBalances } from './write-posting';

/**
 * Books a fact like `post`, unless it would take the merchant's available money below 0: then
 * nothing is written and the answer is false. Holds under any concurrency: the balance is lowered
 * by an update that finds its row only while there is enough.
 *
 * Meant for what reserves or sends money. A posting that takes available money in two currencies,
 * or takes it and touches an account that stands before `available` in the order of accounts, could
 * not be refused without having written.
 * @throws Error, a defect, for such a posting and wherever `post` does.
 */
export async function postIfCovered(context: Context, tx: Tx, posting: Posting): Promise<boolean> {
	const entries = soundEntries(posting);
	const moves = movesOf(entries);
	const [first, ...others] = moves;
	if (others.some(takesAvailable)) {
		throw new Error(`Not a posting that can be covered: ${posting.posting}`);
	}
	const takes = first !== undefined && takesAvailable(first);
	if (takes && !(await lowerAvailable(tx, posting, first))) return false;
	await insertEntries(context, tx, posting, entries);
	await moveBalances(tx, posting, takes ? others : moves);
	return true;
}

function takesAvailable({ account, amount }: Entry): boolean {
	return account === 'available' && amount < 0;
}

/** Whether there was enough. Without a row there is nothing. */
async function lowerAvailable(
	tx: Tx,
	{ merchantId, mode }: Posting,
	{ account, currency, amount }: Entry
): Promise<boolean> {
	const { numUpdatedRows } = await tx
		.updateTable('ledger_balances')
		.set(({ eb }) => ({ balance: eb('balance', '+', amount) }))
		.where('merchant_id', '=', merchantId)
		.where('mode', '=', mode)
		.where('currency', '=', currency)
		.where('account', '=', account)
		.where('balance', '>=', 0 - amount)
		.executeTakeFirst();
	return numUpdatedRows === 1n;
}
