import type { LimitRule } from '$lib/server/merchants/merchant-settings';

const DAY_MS = 86_400_000;

/** Milliseconds since 1970; `until` is the first moment that is not in it any more. */
interface Period {
	start: number;
	until: number;
}

/** The period that holds a moment, in UTC: a day, a week from Monday, or a calendar month. */
export function periodAt(period: LimitRule['period'], at: number): Period {
	const moment = new Date(at);
	const [year, month] = [moment.getUTCFullYear(), moment.getUTCMonth()];
	const dayStart = Date.UTC(year, month, moment.getUTCDate());
	switch (period) {
		case 'day':
			return { start: dayStart, until: dayStart + DAY_MS };
		case 'week': {
			// getUTCDay counts from Sunday; a UTC day never has other than 24 hours.
			const start = dayStart - ((moment.getUTCDay() + 6) % 7) * DAY_MS;
			return { start, until: start + 7 * DAY_MS };
		}
		case 'month':
			return { start: Date.UTC(year, month), until: Date.UTC(year, month + 1) };
	}
}
