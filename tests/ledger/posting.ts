import { post } from '$lib/server/ledger/post';
import { postIfCovered } from '$lib/server/ledger/post-if-covered';
import type { Entry, Posting } from '$lib/server/ledger/posting';
import type { TestContext } from '../databases';

let made = 0;

/** A posting of the same merchant's; each of a transaction of its own, unless it is named. */
export function posting(entries: Entry[], change: Partial<Posting> = {}): Posting {
	const transactionId = `transaction-${++made}`;
	return {
		merchantId: 'merchant',
		mode: 'test',
		transactionId,
		posting: 'fact',
		entries,
		...change
	};
}

export function book(context: TestContext, one: Posting): Promise<void> {
	return context.db.inTransaction((tx) => post(context, tx, one));
}

export function bookIfCovered(context: TestContext, one: Posting): Promise<boolean> {
	return context.db.inTransaction((tx) => postIfCovered(context, tx, one));
}

/** What an account holds by the table of balances, and by adding up its entries here. */
export async function booksOf({ db }: TestContext, account: string, currency: string) {
	const entries = await db.read
		.selectFrom('ledger_entries')
		.select('amount')
		.where('account', '=', account)
		.where('currency', '=', currency)
		.execute();
	const row = await db.read
		.selectFrom('ledger_balances')
		.select('balance')
		.where('account', '=', account)
		.where('currency', '=', currency)
		.executeTakeFirst();
	return {
		balance: row?.balance ?? 0,
		entries: entries.reduce((sum, { amount }) => sum + amount, 0)
	};
}
