import { isCurrency } from '$lib/money/currencies';
import type { Context } from '$lib/server/context';
import type { Tx } from '$lib/server/db/database';
import { BusinessError, type FieldError } from '$lib/server/errors';
import { readRate } from './read-rate';

interface PublishedRate {
	/** ISO 4217; one unit of it is worth `rate` units of `quote`. */
	base: string;
	quote: string;
	/** A decimal above 0: at most 12 digits before the point and 12 behind it. */
	rate: string;
	/** Who published it, 1 to 100 characters. */
	source: string;
	/** `YYYY-MM-DD`, the day it holds for. */
	date: string;
}

/**
 * Writes a rate down. One of the same source for the same day is replaced: sources correct
 * themselves, and attempts keep a copy of the rate that they were made with.
 * @throws BusinessError `invalid` with the faulty fields.
 */
export async function setRate({ clock }: Context, tx: Tx, published: PublishedRate): Promise<void> {
	const fields = faultsOf(published);
	if (fields.length > 0)
		throw new BusinessError('invalid', 'The rate has faulty fields', { fields });
	const { base, quote, rate, source, date } = published;
	const values = { rate, created_at: clock.now() };
	await tx
		.insertInto('rates')
		.values({ base, quote, source, date, ...values })
		.onConflict((conflict) =>
			conflict.columns(['base', 'quote', 'date', 'source']).doUpdateSet(values)
		)
		.execute();
}

function faultsOf({ base, quote, rate, source, date }: PublishedRate): FieldError[] {
	const rules: [field: string, holds: boolean, message: string][] = [
		['base', isCurrency(base), 'must be a currency of ISO 4217'],
		['quote', isCurrency(quote) && quote !== base, 'must be another currency of ISO 4217'],
		[
			'rate',
			readRate(rate) !== undefined,
			'must be a decimal above 0, at most 12 digits before the point and 12 behind it'
		],
		['source', source.length >= 1 && source.length <= 100, 'must be 1 to 100 characters'],
		['date', isDay(date), 'must be a day, YYYY-MM-DD']
	];
	return rules.flatMap(([field, holds, message]) => (holds ? [] : { field, message }));
}

/** Whether the calendar has the day: what it reads as must be written the same. */
function isDay(text: string): boolean {
	const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
