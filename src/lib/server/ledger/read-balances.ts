import type { Context } from '$lib/server/context';
import type { Mode } from '$lib/server/db/schema';
import { ledgerAccounts, type LedgerAccount } from './accounts';

/** Minor units an account; 0 where nothing was ever booked. */
type Balances = Record<LedgerAccount, number>;

/**
 * The balances of a merchant in one mode, by currency; currencies in which nothing was ever booked
 * are missing.
 * @throws RangeError for a balance of 2^53 minor units or more, which a number can't hold exactly.
 */
export async function readBalances(
	{ db }: Context,
	{ merchantId, mode }: { merchantId: string; mode: Mode }
): Promise<Map<string, Balances>> {
	const rows = await db.read
		.selectFrom('ledger_balances')
		.select(['currency', 'account', 'balance'])
		.where('merchant_id', '=', merchantId)
		.where('mode', '=', mode)
		.orderBy('currency')
		.execute();
	const balances = new Map<string, Balances>();
	for (const { currency, account, balance } of rows) {
		if (!Number.isSafeInteger(balance)) throw new RangeError('The balance is too large to show');
		const ofCurrency = balances.get(currency) ?? noBalances();
		balances.set(currency, { ...ofCurrency, [account]: balance });
	}
	return balances;
}

function noBalances(): Balances {
	const zeros = ledgerAccounts.map((account): [LedgerAccount, number] => [account, 0]);
	return Object.fromEntries(zeros) as Balances;
}
