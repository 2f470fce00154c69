import type { Money } from '$lib/money/money';
import type { Reader } from '$lib/server/db/database';

/** What was sent for one leg of a withdrawal. */
export interface SentPayout {
	/** The number of the leg. */
	leg: number;
	/** What the payer bore, minor units of the transaction's currency. */
	fee: number;
	/** What the payer gets. */
	arrives: Money;
	isConverted: boolean;
}

/** The payouts of a withdrawal that were paid, in the order of its legs. */
export async function readPayouts(reader: Reader, transactionId: string): Promise<SentPayout[]> {
	const rows = await reader
		.selectFrom('attempts')
		.select(['leg', 'fee', 'amount', 'currency', 'rate'])
		.where('transaction_id', '=', transactionId)
		.where('state', '=', 'succeeded')
		.orderBy('number')
		.execute();
	return rows.map(({ leg, fee, amount, currency, rate }) => ({
		leg: leg ?? 0,
		fee,
		arrives: { amount, currency },
		isConverted: rate !== null
	}));
}
