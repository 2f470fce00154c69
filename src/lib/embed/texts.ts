/** The few words the merchant's page shows itself; all others are the payer's page's. */
interface Texts {
	lang: string;
	dir: 'ltr' | 'rtl';
	title: string;
	close: string;
	missing: string;
	open: string;
}

const english: Texts = {
	lang: 'en',
	dir: 'ltr',
	title: 'Payment page',
	close: 'Close',
	missing: 'The payment page does not show here.',
	open: 'Open the payment page in a new tab'
};

const arabic: Texts = {
	lang: 'ar',
	dir: 'rtl',
	title: 'صفحة الدفع',
	close: 'إغلاق',
	missing: 'لا تظهر صفحة الدفع هنا.',
	open: 'افتح صفحة الدفع في علامة تبويب جديدة'
};

/** Without a locale, the language of the page decides. */
export function textsFor(locale: string | null): Texts {
	const tag = locale ?? document.documentElement.lang;
	return /^ar\b/i.test(tag) ? arabic : english;
}
