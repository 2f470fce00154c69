/** The requests of the documentation: the API's own examples, with fresh ids. */

export interface SampleValues {
	/** A new one for each order. */
	reference: string;
	/** From `demo.json`. */
	providerId: number;
	routingId: number;
	/** A year in which a card has not expired. */
	cardYear: string;
}

const customer = {
	first_name: 'John',
	last_name: 'Doe',
	kyc_status: 'passed',
	email: 'user@example.com',
	zip_code: '12345',
	address: '123 Main Street',
	city: 'New York',
	dob: '05/03/2000',
	country_code: 'GB',
	phone: { country: 'GB', number: 783433252, prefix: 44 }
};

const depositor = { max_deposit_limit: 1000, ...customer };

function orderOf({ reference }: SampleValues) {
	return {
		settings: {},
		user_id: '128',
		tracking_id: reference,
		ip: '127.34.125.54',
		amount: 10.05,
		currency: 'EUR'
	};
}

export function depositRequest(values: SampleValues) {
	const order = orderOf(values);
	return {
		request: {
			mode: 'test',
			theme: 'dark',
			...order,
			amount_restricted: true,
			customer: depositor
		}
	};
}

export function withdrawalRequest(values: SampleValues) {
	return { request: { mode: 'test', theme: 'dark', ...orderOf(values), customer } };
}

export function directRequest(values: SampleValues) {
	const { providerId: provider_id } = values;
	return { request: { mode: 'test', provider_id, ...orderOf(values), customer: depositor } };
}

export function s2sRequest(values: SampleValues, number: string) {
	const { routingId: routing_id, cardYear } = values;
	return {
		request: {
			mode: 'test',
			routing_id,
			...orderOf(values),
			user_id: 'U123',
			customer: depositor
		},
		card_details: cardDetails(number, cardYear)
	};
}

/** The least that a call needs, for what a card number changes. */
export function shortS2sRequest({ reference, cardYear }: SampleValues, number: string) {
	const request = {
		mode: 'test',
		user_id: 'U123',
		tracking_id: reference,
		amount: 10.05,
		currency: 'EUR'
	};
	return { request, card_details: cardDetails(number, cardYear) };
}

function cardDetails(number: string, year: string) {
	return {
		holder_name: 'John Doe',
		card_number: number,
		cvc: '444',
		exp_month: '05',
		exp_year: year
	};
}
