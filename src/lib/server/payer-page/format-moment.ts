/**
 * A moment (milliseconds since 1970) as people of `locale` write it: "24 Nov 2026, 14:05 UTC". The
 * zone is named, since a server cannot know the payer's.
 */
export function formatMoment(at: number, locale: string): string {
	return new Intl.DateTimeFormat(withNumbering(locale), {
		year: 'numeric',
		month: 'short',
		day: 'numeric',
		hour: 'numeric',
		minute: '2-digit',
		timeZone: 'UTC',
		timeZoneName: 'short'
	}).format(at);
}

/** A day (`YYYY-MM-DD`): "20 Nov 2026". */
export function formatDay(date: string, locale: string): string {
	const format = new Intl.DateTimeFormat(withNumbering(locale), {
		dateStyle: 'medium',
		timeZone: 'UTC'
	});
	return format.format(Date.parse(date));
}

/** A decimal in text with all of its digits: a rate is not rounded to be shown. */
export function formatDecimalText(text: string, locale: string): string {
	const format = new Intl.NumberFormat(withNumbering(locale), {
		maximumFractionDigits: 20,
		useGrouping: false
	});
	return format.format(text as Intl.StringNumericLiteral);
}

/** Arabic digits in Arabic, as amounts have them (format-amount.ts). */
function withNumbering(locale: string): string {
	return locale === 'ar' ? 'ar-u-nu-arab' : locale;
}
