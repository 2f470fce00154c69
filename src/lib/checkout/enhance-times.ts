/** Moments that the server wrote in UTC, in the time zone of whoever reads them. */
export function enhanceTimes(): void {
	const { lang } = document.documentElement;
	const format = new Intl.DateTimeFormat(lang === 'ar' ? 'ar-u-nu-arab' : lang, {
		dateStyle: 'medium',
		timeStyle: 'short'
	});
	for (const time of document.querySelectorAll('time')) {
		time.textContent = format.format(new Date(time.dateTime));
	}
}
