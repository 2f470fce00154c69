/** When an account is open, by the clock on the wall of a time zone. */
export interface OpeningHours {
	/** 1 (Monday) to 7: the days on which it opens. */
	days: number[];
	/** `HH:MM`. */
	from: string;
	/**
	 * `HH:MM`, not included. Before `from`: it closes on the next day, which need not be one of
	 * `days`. The same as `from`: it is open for a whole day.
	 */
	until: string;
	/** IANA, `Europe/Vienna`. */
	timeZone: string;
}

/** Whether it is open at a moment, milliseconds since 1970. */
export function isOpen({ days, from, until, timeZone }: OpeningHours, at: number): boolean {
	const { day, time } = wallClock(timeZone, at);
	if (from < until) return days.includes(day) && from <= time && time < until;
	const dayBefore = day === 1 ? 7 : day - 1;
	return (days.includes(day) && from <= time) || (days.includes(dayBefore) && time < until);
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Making one costs more than asking it; there are no more of them than time zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** `time` as `HH:MM`, so that times compare as text. */
function wallClock(timeZone: string, at: number): { day: number; time: string } {
	const parts = formatterFor(timeZone).formatToParts(at);
	const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
	return {
		day: weekdays.indexOf(part('weekday')) + 1,
		time: `${part('hour')}:${part('minute')}`
	};
}

function formatterFor(timeZone: string): Intl.DateTimeFormat {
	let formatter = formatters.get(timeZone);
	if (!formatter) {
		formatter = new Intl.DateTimeFormat('en-GB', {
			timeZone,
			weekday: 'short',
			hour: '2-digit',
			minute: '2-digit',
			hourCycle: 'h23'
		});
		formatters.set(timeZone, formatter);
	}
	return formatter;
}
