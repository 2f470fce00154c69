/**
 * Moments that the server wrote in UTC, in the time zone of whoever reads them, which is named: in
 * the same form as format-moment.ts of the server.
 */
export function enhanceTimes(): void {
	const { lang } = document.documentElement;
	const format = new Intl.DateTimeFormat(lang === 'ar' ? 'ar-u-nu-arab' : lang, {
		year: 'numeric',
		month: 'short',
		day: 'numeric',
		hour: 'numeric',
		minute: '2-digit',
		timeZoneName: 'short'
	});
	for (const time of document.querySelectorAll('time')) {
		time.textContent = format.format(new Date(time.dateTime));
	}
}
