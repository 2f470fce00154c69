import type { Terms } from '$lib/server/routing/terms';
import { formatDay, formatDecimalText } from './format-moment';
import type { Scene } from './scene';

/** What a payment costs the payer, as rows of a table. */
export interface TermsView {
	caption: string;
	rows: { term: string; value: string; isTotal: boolean }[];
}

/** What the payer is charged, as it is written on the button. */
export function chargedText({ money }: Scene, { provider }: Terms): string {
	return money(provider.amount, provider.currency);
}

/** The sum in the payment's currency and, where it is converted, how. `amount`: minor units. */
export function viewTerms(scene: Scene, amount: number, terms: Terms): TermsView {
	const { t, money } = scene;
	const { fee, rate, fxFee, provider } = terms;
	const row = (term: string, value: string, isTotal = false) => ({ term, value, isTotal });
	const rows = [row(t('summary.amount'), money(amount))];
	if (fee > 0) {
		rows.push(row(t('summary.fee'), money(fee)));
		rows.push(row(t('summary.total'), money(amount + fee), rate === null));
	}
	if (rate) {
		rows.push(row(t('terms.rate'), rateText(scene, terms)));
		if (fxFee > 0) {
			rows.push(row(t('terms.conversion_fee'), money(fxFee, provider.currency)));
		}
		rows.push(row(t('terms.charged'), chargedText(scene, terms), true));
	}
	return { caption: t('terms.caption'), rows };
}

/** "1 EUR = 1.0842 USD, ECB, 20 Nov 2026". */
export function rateText({ session, request, t }: Scene, { rate, provider }: Terms): string {
	if (!rate) return '';
	const number = (text: string) => formatDecimalText(text, request.formatLocale);
	const sides = `${number('1')} ${session.currency} = ${number(rate.rate)} ${provider.currency}`;
	return t('terms.rate_source', {
		// Equations run left to right, as their numbers do.
		rate: request.locale === 'en' ? sides : `\u2066${sides}\u2069`,
		source: rate.source,
		date: formatDay(rate.date, request.formatLocale)
	});
}
