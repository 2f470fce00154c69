import { error, redirect } from '@sveltejs/kit';
import { chooseLocale, directionOf } from '$lib/i18n/locales';
import { formatMoney } from '$lib/money/format-money';
import type { Context } from '$lib/server/context';
import {
	answerWallet,
	readWalletPayment,
	WALLET,
	walletChoices
} from '$lib/server/simulator/wallet';
import type { Actions, PageServerLoad } from './$types';
import { texts } from './texts';

export const csr = false;

/** Asks the payer of the wallet, or leads on where that was answered before. */
export const load: PageServerLoad = async ({ locals, params, url, request, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const payment = await paymentOf(locals.context, params.id);
	if (!payment.isOpen) redirect(303, payment.returnUrl);
	const locale = chooseLocale(
		url.searchParams.get('locale'),
		request.headers.get('accept-language')
	);
	locals.locale = locale;
	locals.direction = directionOf(locale);
	return {
		texts: texts[locale],
		brand: WALLET,
		choices: walletChoices,
		amount: formatMoney(payment.amount, locale)
	};
};

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const payment = await paymentOf(locals.context, params.id);
		const form = await request.formData().catch(() => error(400, 'The form cannot be read'));
		const choice = walletChoices.find((each) => each === form.get('choice'));
		if (!choice) error(400, 'Unknown choice');
		await answerWallet(locals.context, payment.attemptId, choice);
		redirect(303, payment.returnUrl);
	}
};

async function paymentOf(context: Context, paymentId: string) {
	return (await readWalletPayment(context, paymentId)) ?? error(404, 'No such payment');
}
