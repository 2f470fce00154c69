import type { Terms } from '$lib/server/routing/terms';
import type { Scene } from '../scene';
import { rateText } from '../view-terms';

/** A row of a table: a term and its value, in words. */
export interface Row {
	term: string;
	value: string;
	/** What it comes to. */
	isTotal: boolean;
}

export function row(term: string, value: string, isTotal = false): Row {
	return { term, value, isTotal };
}

/**
 * What a part of a withdrawal costs and brings: fee, conversion and what arrives. Of a conversion
 * all is about: the rate is that of the day on which the money is sent.
 */
export function describeTerms(scene: Scene, amount: number, terms: Terms): Row[] {
	const { t, money } = scene;
	const { fee, provider, rate, fxFee } = terms;
	const rows = [
		row(t('account.amount'), money(amount)),
		row(t('account.fee'), fee === 0 ? t('method.free') : money(fee))
	];
	const arrives = money(provider.amount, provider.currency);
	if (!rate) return fee === 0 ? rows : [...rows, row(t('account.arrives'), arrives, true)];
	rows.push(row(t('terms.rate'), rateText(scene, terms)));
	if (fxFee > 0) {
		rows.push(row(t('terms.conversion_fee'), money(fxFee, provider.currency)));
	}
	return [...rows, row(t('account.arrives'), t('confirm.about', { amount: arrives }), true)];
}
