import { chooseLocale, locales, type Locale } from '$lib/i18n/locales';
import type { Session, Theme } from '$lib/server/sessions/session';

/** What a browser's address and headers say that is of use. Anything else in them is ignored. */
export interface PageRequest {
	token: string;
	/** The language of the page's texts. */
	locale: Locale;
	/** BCP 47, for amounts: the merchant's tag with its region where the language is the same. */
	formatLocale: string;
	theme: Theme;
	/** Theme and language of the address, which links and forms of the page carry on. */
	carried: Record<string, string>;
	/** Plain decimal, unchecked. */
	amount: string | null;
	/** The payer wants to choose the amount (anew). */
	change: boolean;
	/** How the payer wants to name a bank account; null: as their country does. */
	account: 'iban' | 'local' | null;
	/** How the payer wants to pay: a method's name, or a saved card's id after `kept:`. Unchecked. */
	method: string | null;
	/** What a form before this page came to. */
	notice: NoticeName | null;
	withdrawalNotice: WithdrawalNoticeName | null;
	/** The payer has just agreed to go to the provider's page. */
	going: boolean;
	/** The browser says that it fills a frame. */
	framed: boolean;
}

/** What an address may ask the page to say, besides what the payment's state tells. */
const notices = [
	'stale',
	'card_removed',
	'card_gone',
	'card_unavailable',
	'unavailable',
	'not_called_off'
] as const;

type NoticeName = (typeof notices)[number];

/** The same, where somebody is paid. */
const withdrawalNotices = [
	'stale',
	'timed_out',
	'changed',
	'not_covered',
	'limit',
	'unavailable',
	'canceled',
	'too_late'
] as const;

export type WithdrawalNoticeName = (typeof withdrawalNotices)[number];

const themes: readonly Theme[] = ['light', 'dark', 'auto'];

/** Reads the address of a page. `locale` and `theme` win over the merchant's, if they are any. */
export function readPageRequest(
	session: Pick<Session, 'locale' | 'theme'>,
	token: string,
	{ searchParams }: URL,
	headers: Headers
): PageRequest {
	const theme = themes.find((name) => name === searchParams.get('theme'));
	const language = searchParams.get('locale')?.toLowerCase().split(/[-_]/)[0];
	const asked = locales.find((name) => name === language);
	const locale = asked ?? chooseLocale(session.locale, headers.get('accept-language'));
	return {
		token,
		locale,
		formatLocale: formatLocaleOf(session.locale, locale),
		theme: theme ?? session.theme,
		carried: { ...(theme && { theme }), ...(asked && { locale: asked }) },
		amount: searchParams.get('amount'),
		change: searchParams.has('change'),
		account:
			(['iban', 'local'] as const).find((way) => way === searchParams.get('account')) ?? null,
		method: searchParams.get('method'),
		notice: notices.find((name) => name === searchParams.get('notice')) ?? null,
		withdrawalNotice: withdrawalNotices.find((name) => name === searchParams.get('notice')) ?? null,
		going: searchParams.has('going'),
		framed: headers.get('sec-fetch-dest') === 'iframe'
	};
}

function formatLocaleOf(wanted: string | null, locale: Locale): string {
	if (wanted?.toLowerCase().split(/[-_]/)[0] !== locale) return locale;
	try {
		return Intl.getCanonicalLocales(wanted.replaceAll('_', '-'))[0] ?? locale;
	} catch {
		return locale;
	}
}

/** An address of the page or of one of its steps, with what it carries on. */
export function pagePath(
	{ token, carried }: PageRequest,
	step: '' | 'action' | 'cancel' | 'other-way' | 'return' | 'status' = '',
	query: Record<string, string> = {}
): string {
	const search = new URLSearchParams({ ...carried, ...query }).toString();
	return `/pay/${token}${step && `/${step}`}${search && `?${search}`}`;
}
