import { BusinessError } from '$lib/server/errors';

const DAY_MS = 86_400_000;
const MAX_DAYS = 7;

/** The `id` of `GET /transaction/status`. */
export function readTransactionId(url: URL): string {
	const id = url.searchParams.get('id');
	if (id && id.length <= 128 && !id.includes('\0')) return id;
	throw badQuery('id', 'must be 1 to 128 characters');
}

/** Milliseconds: from the first moment of the first day until before the end of the last. */
export interface DateRange {
	from: number;
	until: number;
}

/**
 * `from` and `to` of `GET /transactions`, days in UTC as DD-MM-YYYY, both included. Neither: today;
 * `from` alone: until today; `to` alone: that day.
 */
export function readDateRange(url: URL, now: number): DateRange {
	const today = Math.floor(now / DAY_MS) * DAY_MS;
	const to = readDay(url, 'to');
	const from = readDay(url, 'from') ?? to ?? today;
	const last = to ?? today;
	if (from > last) throw badQuery('from', 'must not be after to');
	if (last - from > MAX_DAYS * DAY_MS) {
		throw badQuery('to', `must be at most ${MAX_DAYS} days after from`);
	}
	return { from, until: last + DAY_MS };
}

function readDay(url: URL, name: 'from' | 'to'): number | undefined {
	const written = url.searchParams.get(name);
	if (written === null) return undefined;
	const [, day = 0, month = 0, year = 0] =
		/^(\d{2})-(\d{2})-(\d{4})$/.exec(written)?.map(Number) ?? [];
	const moment = Date.UTC(year, month - 1, day);
	const date = new Date(moment);
	if (year >= 2000 && date.getUTCDate() === day && date.getUTCMonth() === month - 1) {
		return moment;
	}
	throw badQuery(name, 'must be a day as DD-MM-YYYY');
}

function badQuery(field: string, message: string): BusinessError {
	return new BusinessError('unreadable', `${field} ${message}`, { fields: [{ field, message }] });
}
