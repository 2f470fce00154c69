import { chooseLocale, directionOf, locales } from '$lib/i18n/locales';
import { viewProblems } from '$lib/server/payer-page/view-problems';
import { unwritten } from '../unwritten';
import type { LayoutServerLoad } from './$types';

/** The pages work without Kit's client; their own small script is a plain file. */
export const csr = false;
export const prerender = false;

/** What can be said before the session is known; a session's own language comes with its page. */
export const load: LayoutServerLoad = ({ locals, url, request }) => {
	const asked = locales.find((name) => name === url.searchParams.get('locale'));
	const locale = asked ?? chooseLocale(null, request.headers.get('accept-language'));
	locals.locale = locale;
	locals.direction = directionOf(locale);
	const { pathname } = url;
	return { problems: unwritten(() => viewProblems(locale, pathname, locals.requestId)) };
};
