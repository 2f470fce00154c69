import type { Context } from '$lib/server/context';
import { keptQuery } from '$lib/server/db/kept-query';

/**
 * For how many days a rate is good. Most are published on working days, so over a long holiday the
 * last one is some days old; beyond a week whoever delivers them has stopped, and a payer is better
 * told that the currency is not to be had than charged by a rate from another time.
 */
const MAX_AGE_DAYS = 7;

const DAY_MS = 86_400_000;

interface Rate {
	/** One unit of the base in units of the quote: a decimal, as published. */
	rate: string;
	/** Who published it. */
	source: string;
	/** `YYYY-MM-DD`, the day it holds for. */
	date: string;
}

/**
 * The rate between two currencies at a moment: the newest for that day (UTC) or one before it, at
 * most seven days old; of several for one day the one that was set last. Undefined without one. A
 * rate is good in its own direction: the way back is a rate of its own, with its own spread.
 */
export async function findRate(
	{ db }: Context,
	base: string,
	quote: string,
	at: number
): Promise<Rate | undefined> {
	const oldest = dayOf(at - MAX_AGE_DAYS * DAY_MS);
	const [rate] = await newestRate(db.read, base, quote, dayOf(at), oldest);
	return rate;
}

const newestRate = keptQuery((reader, base: string, quote: string, day: string, oldest: string) =>
	reader
		.selectFrom('rates')
		.select(['rate', 'source', 'date'])
		.where('base', '=', base)
		.where('quote', '=', quote)
		.where('date', '<=', day)
		.where('date', '>=', oldest)
		.orderBy('date', 'desc')
		.orderBy('created_at', 'desc')
		.orderBy('source')
		.limit(1)
);

function dayOf(at: number): string {
	return new Date(at).toISOString().slice(0, 10);
}
