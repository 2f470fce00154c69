import type { Mode } from '$lib/server/db/schema';
import { ledgerAccounts, type LedgerAccount } from './accounts';

/** What one account gets, or gives where the amount is negative. */
export interface Entry {
	account: LedgerAccount;
	/** ISO 4217. */
	currency: string;
	/** Integer of minor units. */
	amount: number;
}

/** One business fact in the books. */
export interface Posting {
	merchantId: string;
	mode: Mode;
	transactionId: string;
	/** What is booked, once a transaction: the id of an attempt, or a word for the fact. */
	posting: string;
	entries: readonly Entry[];
}

/**
 * The entries that say something: those of amount 0 are left out.
 * @throws Error, a defect, unless there is one at least and they add up to 0 in every currency.
 */
export function soundEntries({ transactionId, posting, entries }: Posting): Entry[] {
	const sound = entries.filter(({ amount }) => amount !== 0);
	if (sound.length === 0) throw new Error(`Nothing to book: ${transactionId}, ${posting}`);
	const sums = new Map<string, number>();
	for (const { currency, amount } of sound) {
		sums.set(currency, add(sums.get(currency) ?? 0, amount));
	}
	for (const [currency, sum] of sums) {
		if (sum === 0) continue;
		throw new Error(`Booked ${sum} ${currency} too much: ${transactionId}, ${posting}`);
	}
	return sound;
}

/** What entries change, an entry a balance, in the order in which balances are touched. */
export function movesOf(entries: readonly Entry[]): Entry[] {
	const moves = new Map<string, Entry>();
	for (const { account, currency, amount } of entries) {
		const key = `${account} ${currency}`;
		const before = moves.get(key)?.amount ?? 0;
		moves.set(key, { account, currency, amount: add(before, amount) });
	}
	return [...moves.values()].filter(({ amount }) => amount !== 0).sort(byPlace);
}

function byPlace(a: Entry, b: Entry): number {
	const accounts = ledgerAccounts.indexOf(a.account) - ledgerAccounts.indexOf(b.account);
	if (accounts !== 0) return accounts;
	return a.currency < b.currency ? -1 : 1;
}

/** Integers add up exactly for as long as the sum is a safe one. */
function add(a: number, b: number): number {
	const sum = a + b;
	if (Number.isSafeInteger(b) && Number.isSafeInteger(sum)) return sum;
	throw new Error('An entry is not an amount of minor units');
}
