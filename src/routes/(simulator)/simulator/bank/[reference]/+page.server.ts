import { error, fail, redirect } from '@sveltejs/kit';
import { chooseLocale, directionOf, type Locale } from '$lib/i18n/locales';
import { digitsOf } from '$lib/money/currencies';
import { formatMoney } from '$lib/money/format-money';
import { readAmount } from '$lib/money/read-amount';
import type { Context } from '$lib/server/context';
import { instructionsFor, plainReference } from '$lib/server/simulator/instructions';
import { creditTransfer, findTransfer, readReceipts } from '$lib/server/simulator/transfers';
import type { Actions, PageServerLoad } from './$types';
import { texts } from '../texts';
import { offers } from './offers';

export const csr = false;

/** Shows a transfer: what was asked for, what was sent so far, and what could be sent. */
export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const transfer = await transferOf(locals.context, params.reference);
	const locale = chooseLocale(url.searchParams.get('locale') ?? transfer.locale, null);
	locals.locale = locale;
	locals.direction = directionOf(locale);
	const words = texts[locale];
	const { amount, currency, received } = transfer;
	const shown = (minorUnits: number) => formatMoney({ amount: minorUnits, currency }, locale);
	const { fields } = instructionsFor({ amount, currency }, params.reference);
	const valueOf = (...names: string[]) =>
		fields.find(({ name }) => names.includes(name))?.value ?? '';
	const receipts = await readReceipts(locals.context.db.read, transfer.attempt_id);
	return {
		texts: words,
		isCanceled: transfer.state === 'canceled',
		facts: [
			{ name: words.asked, value: shown(amount), isStrong: true },
			{ name: words.to, value: valueOf('holder') },
			{ name: words.account, value: valueOf('iban', 'account_number') },
			{ name: words.reference, value: transfer.reference ?? '' }
		],
		receipts: receipts.map(({ id, amount: sent }) => ({ id, amount: shown(sent) })),
		choices: offers({ asked: amount, received }).map(({ kind, amount: offered }) => ({
			value: String(offered),
			label: words[kind].replace('{amount}', shown(offered)),
			leadsTo: words[`${kind}Hint`]
		}))
	};
};

export const actions: Actions = {
	default: async ({ locals, params, url, request }) => {
		const transfer = await transferOf(locals.context, params.reference);
		const locale = chooseLocale(url.searchParams.get('locale') ?? transfer.locale, null);
		const form = await request.formData().catch(() => error(400, 'The form cannot be read'));
		const typed = String(form.get('amount') ?? '');
		const amount = amountOf(String(form.get('offer') ?? ''), typed, transfer.currency, locale);
		const words = texts[locale];
		if (amount === undefined) return fail(400, { typed, problem: words.badAmount });
		if (!(await creditTransfer(locals.context, transfer.attempt_id, amount))) {
			return fail(400, { typed, problem: words.refused });
		}
		redirect(303, url.pathname + url.search);
	}
};

/** Minor units, from a button's value or as a person types an amount. Undefined: neither. */
function amountOf(
	offer: string,
	typed: string,
	currency: string,
	locale: Locale
): number | undefined {
	if (/^[1-9]\d{0,14}$/.test(offer)) return Number(offer);
	const reading = readAmount(typed, digitsOf(currency), locale);
	return 'amount' in reading && reading.amount > 0 ? reading.amount : undefined;
}

async function transferOf({ db }: Context, reference: string) {
	const found = await findTransfer(db.read, plainReference(reference));
	return found ?? error(404, 'No such transfer');
}
