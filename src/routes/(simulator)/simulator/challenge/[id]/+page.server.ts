import { error, redirect } from '@sveltejs/kit';
import { chooseLocale, directionOf } from '$lib/i18n/locales';
import { formatMoney } from '$lib/money/format-money';
import type { Context } from '$lib/server/context';
import { answerChallenge, challengeChoices, readChallenge } from '$lib/server/simulator/challenge';
import type { Actions, PageServerLoad } from './$types';
import { texts } from './texts';

export const csr = false;

/** Shows the bank's question, or leads on where it was answered before. */
export const load: PageServerLoad = async ({ locals, params, url, request, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const challenge = await challengeOf(locals.context, params.id);
	if (!challenge.isOpen) redirect(303, challenge.returnUrl);
	const locale = chooseLocale(
		url.searchParams.get('locale'),
		request.headers.get('accept-language')
	);
	locals.locale = locale;
	locals.direction = directionOf(locale);
	// A bank cannot know which merchants' pages frame the cashier that frames it.
	locals.frameOrigins = ['*'];
	return {
		texts: texts[locale],
		amount: formatMoney(challenge.amount, locale),
		cardLast4: challenge.cardLast4,
		isSilent: url.searchParams.has('silent')
	};
};

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const challenge = await challengeOf(locals.context, params.id);
		const form = await request.formData().catch(() => error(400, 'The form cannot be read'));
		const wanted = form.get('choice');
		if (wanted === 'silent') {
			const address = new URL(url);
			address.searchParams.set('silent', '');
			redirect(303, address.pathname + address.search);
		}
		const choice = challengeChoices.find((each) => each === wanted);
		if (!choice) error(400, 'Unknown choice');
		await answerChallenge(locals.context, challenge.attemptId, choice);
		redirect(303, challenge.returnUrl);
	}
};

async function challengeOf(context: Context, paymentId: string) {
	return (await readChallenge(context, paymentId)) ?? error(404, 'No such challenge');
}
