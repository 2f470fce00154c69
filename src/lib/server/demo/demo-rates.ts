import type { Context } from '$lib/server/context';
import { setRate } from '$lib/server/rates/set-rate';

const SOURCE = 'demo';
const QUOTE = 'USD';

/** What one unit of each is worth in dollars: made up, and the same every day. */
const worth: Record<string, string> = {
	CHF: '1.1236',
	DKK: '0.1452',
	EUR: '1.0842',
	GBP: '1.2710',
	NOK: '0.0912',
	PLN: '0.2504',
	SEK: '0.0951'
};

/** The days whose rates are known to be there, by database. */
const refreshed = new WeakMap<Context['db'], string>();

/**
 * Publishes the demo's rates for today (UTC), unless they are: rates get too old to be used within
 * a week, and a demo may run for longer. Returns how many it published.
 */
export async function refreshDemoRates(context: Context): Promise<number> {
	const { db, clock } = context;
	const date = new Date(clock.now()).toISOString().slice(0, 10);
	if (refreshed.get(db) === date) return 0;
	const known = await db.read
		.selectFrom('rates')
		.select('base')
		.where('source', '=', SOURCE)
		.where('quote', '=', QUOTE)
		.where('date', '=', date)
		.execute();
	const missing = Object.entries(worth).filter(
		([base]) => !known.some((rate) => rate.base === base)
	);
	if (missing.length > 0) {
		await db.inTransaction(async (tx) => {
			for (const [base, rate] of missing) {
				await setRate(context, tx, { base, quote: QUOTE, rate, source: SOURCE, date });
			}
		});
	}
	refreshed.set(db, date);
	return missing.length;
}
