import { reasonsInOrder, type Explanation, type LeftOut } from './decision';

const sentences: Record<LeftOut, string> = {
	not_named: 'the rules name none that can be used',
	provider_cannot: 'the method is not offered',
	method_off: 'the method is turned off',
	currency: 'the currency is not taken',
	country: 'the country of the payer is not served',
	brand: 'cards of this brand are not taken',
	no_rate: 'no exchange rate is known',
	maintenance: 'it is under maintenance',
	outside_hours: 'it is closed at this hour',
	above_highest: 'the amount is too high',
	below_lowest: 'the amount is too low'
};

/** In a sentence for merchants: what stood against a payment at the account that came nearest. */
export function whyUnavailable({ accounts }: Explanation): string {
	const met = new Set(accounts.map(({ because }) => because));
	const nearest = reasonsInOrder.findLast((reason) => met.has(reason));
	const sentence = 'No provider account takes this payment';
	return nearest ? `${sentence}: ${sentences[nearest]}` : sentence;
}
