import type { Context } from '$lib/server/context';

/** Enough to see what is wrong; a fault in the code would fill a list without a bound. */
const MAX_FAULTS = 100;

/**
 * Looks for what must never be: a balance that is not the sum of its entries, or a posting whose
 * entries do not add up to 0 in each currency (with which every merchant's currency as a whole
 * does). Returns a sentence a fault, at most 100 of each kind; none when the books are sound.
 *
 * Reads every entry, so it is for tests and operators; each question is one statement, so that
 * bookings which go on meanwhile are not taken for faults.
 */
export async function checkLedger(context: Context): Promise<string[]> {
	return [...(await strayBalances(context)), ...(await lopsidedPostings(context))];
}

async function strayBalances({ db }: Context): Promise<string[]> {
	const owner = ['merchant_id', 'mode', 'currency', 'account'] as const;
	const entries = db.read
		.selectFrom('ledger_entries')
		.select([...owner, 'amount'])
		.select(({ lit }) => lit<number>(0).as('balance'));
	const balances = db.read
		.selectFrom('ledger_balances')
		.select([...owner, ({ lit }) => lit<number>(0).as('amount'), 'balance']);
	const rows = await db.read
		.selectFrom(entries.unionAll(balances).as('line'))
		.select(owner)
		.select(({ cast, fn }) => [
			cast<string>(fn.sum('amount'), 'text').as('sum'),
			cast<string>(fn.sum('balance'), 'text').as('balance')
		])
		.groupBy(owner)
		.having(({ eb, fn }) => eb(fn.sum('amount'), '<>', fn.sum('balance')))
		.orderBy('merchant_id')
		.orderBy('mode')
		.orderBy('currency')
		.orderBy('account')
		.limit(MAX_FAULTS)
		.execute();
	return rows.map(
		({ merchant_id, mode, currency, account, sum, balance }) =>
			`The balance of ${account} of merchant ${merchant_id} (${mode}, ${currency}) is ${balance}, ` +
			`and its entries add up to ${sum}.`
	);
}

async function lopsidedPostings({ db }: Context): Promise<string[]> {
	const owner = ['transaction_id', 'posting', 'merchant_id', 'mode', 'currency'] as const;
	const rows = await db.read
		.selectFrom('ledger_entries')
		.select(owner)
		.select(({ cast, fn }) => cast<string>(fn.sum('amount'), 'text').as('sum'))
		.groupBy(owner)
		.having(({ eb, fn }) => eb(fn.sum('amount'), '<>', 0))
		.orderBy('transaction_id')
		.orderBy('posting')
		.orderBy('currency')
		.limit(MAX_FAULTS)
		.execute();
	return rows.map(
		({ transaction_id, posting, merchant_id, mode, currency, sum }) =>
			`The posting ${posting} of transaction ${transaction_id} of merchant ${merchant_id} ` +
			`(${mode}) adds up to ${sum} ${currency}.`
	);
}
