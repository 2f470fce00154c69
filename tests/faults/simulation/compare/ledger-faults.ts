import type { Books } from './books.ts';

/** Where the ledger does not add up, or says something else than the acquirer moved. */
export function ledgerFaults(books: Books): string[] {
	const { ledger_entries, ledger_balances } = books;
	const faults: string[] = [];
	const postings = Map.groupBy(
		ledger_entries,
		(entry) => `${entry.transaction_id} ${entry.posting} in ${entry.currency}`
	);
	for (const [posting, entries] of postings) {
		const sum = sumOf(entries);
		if (sum !== 0) faults.push(`posting ${posting} adds up to ${sum}`);
	}
	const sums = new Map<string, number>();
	for (const entry of ledger_entries) add(sums, placeOf(entry), entry.amount);
	for (const row of ledger_balances) {
		const sum = sums.get(placeOf(row)) ?? 0;
		sums.delete(placeOf(row));
		if (row.balance !== sum)
			faults.push(`${placeOf(row)} says ${row.balance} and adds up to ${sum}`);
	}
	for (const [place, sum] of sums) faults.push(`${place} has no balance and adds up to ${sum}`);
	const actual = new Map<string, number>();
	for (const { account, currency, balance } of ledger_balances) {
		add(actual, `${account} ${currency}`, balance);
	}
	const expected = expectedBalances(books);
	const accounts = ['payers', 'reserved', 'in_transit', 'unapplied'];
	for (const place of new Set([...actual.keys(), ...expected.keys()])) {
		if (!accounts.includes(place.split(' ')[0] ?? '')) continue;
		const [is, should] = [actual.get(place) ?? 0, expected.get(place) ?? 0];
		if (is !== should) faults.push(`the ledger has ${is} in ${place}, and ${should} is right`);
	}
	return faults;
}

/** What must be in each account that others than we know of, by account and currency. */
function expectedBalances(books: Books): Map<string, number> {
	const balances = new Map<string, number>();
	for (const { kind, charges, amount, currency } of books.simulator_payments) {
		if (kind === 'bank_transfer') continue;
		add(balances, `payers ${currency}`, (kind === 'payout' ? 1 : -1) * charges * amount);
	}
	// Credits that the acquirer could not tell of are found missing elsewhere.
	for (const { amount, currency } of books.receipts) add(balances, `payers ${currency}`, -amount);
	for (const { moves, amount, currency } of books.simulator_refunds) {
		add(balances, `payers ${currency}`, moves * amount);
	}
	for (const { state, amount, fee, currency, unapplied_id } of books.refunds) {
		const isOpen = state === 'requested' && unapplied_id === null;
		if (isOpen) add(balances, `in_transit ${currency}`, amount + fee);
	}
	const intents = new Map(books.transactions.map(({ id, intent }) => [id, intent]));
	for (const { transaction_id, state, amount, currency } of books.unapplied_money) {
		// What went to a payer after all is gone, and no money that waits for somebody.
		if (state === 'returned' || intents.get(transaction_id) === 'withdrawal') continue;
		add(balances, `unapplied ${currency}`, amount);
	}
	return balances;
}

type Place = Pick<
	Books['ledger_balances'][number],
	'merchant_id' | 'mode' | 'currency' | 'account'
>;

function placeOf({ merchant_id, mode, currency, account }: Place): string {
	return `${account} ${currency} ${mode} of ${merchant_id}`;
}

function add(sums: Map<string, number>, key: string, amount: number): void {
	sums.set(key, (sums.get(key) ?? 0) + amount);
}

function sumOf(rows: { amount: number }[]): number {
	return rows.reduce((sum, { amount }) => sum + amount, 0);
}
