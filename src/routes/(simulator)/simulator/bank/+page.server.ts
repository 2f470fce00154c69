import { redirect } from '@sveltejs/kit';
import { chooseLocale, directionOf } from '$lib/i18n/locales';
import { plainReference } from '$lib/server/simulator/instructions';
import { findTransfer } from '$lib/server/simulator/transfers';
import type { PageServerLoad } from './$types';
import { texts } from './texts';

export const csr = false;

/** Asks for a transfer's reference, and leads to its page once one is typed. */
export const load: PageServerLoad = async ({ locals, url, request, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const wanted = url.searchParams.get('locale');
	const locale = chooseLocale(wanted, request.headers.get('accept-language'));
	locals.locale = locale;
	locals.direction = directionOf(locale);
	const typed = url.searchParams.get('reference')?.trim() ?? '';
	if (typed !== '') {
		const reference = plainReference(typed);
		if (await findTransfer(locals.context.db.read, reference)) {
			redirect(303, `/simulator/bank/${encodeURIComponent(reference)}?locale=${locale}`);
		}
	}
	const words = texts[locale];
	return { texts: words, typed, problem: typed === '' ? undefined : words.notFound };
};
