import { randomUUID } from 'node:crypto';

/** What the seed's example asks for, but for its tracking id, which is fresh each time. */
export function seedRequest() {
	return {
		mode: 'test',
		theme: 'dark',
		settings: {},
		user_id: '128',
		tracking_id: randomUUID() as string,
		ip: '127.34.125.54',
		amount: 10.05,
		currency: 'EUR',
		amount_restricted: true,
		customer: {
			max_deposit_limit: 1000,
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
		}
	};
}

/** Stands for a field that is left out. */
export const missing = Symbol('missing');

/** JSON that goes in as it is: `1e3` and `10.050` do not survive JSON.stringify. */
export function raw(text: string): { raw: string } {
	return { raw: text };
}

type Tree = { [name: string]: unknown };

/** The seed's example as JSON with one field changed, named by its path below `request`. */
export function orderWith(path: string, value: unknown): string {
	const request = seedRequest() as Tree;
	const names = path.split('.');
	const last = names.pop() ?? '';
	let place = request;
	for (const name of names) place = (place[name] ??= {}) as Tree;
	if (value === missing) Reflect.deleteProperty(place, last);
	else place[last] = value;
	return stringify({ request });
}

/** JSON in which `raw` texts stand as they are. */
export function stringify(body: unknown): string {
	return JSON.stringify(body).replace(
		/\{"raw":("(?:[^"\\]|\\.)*")\}/g,
		(_, text: string) => JSON.parse(text) as string
	);
}

/** An object without some of its fields. */
export function without<Whole extends object, Name extends keyof Whole>(
	whole: Whole,
	...names: Name[]
): Omit<Whole, Name> {
	const kept = Object.entries(whole).filter(([name]) => !names.some((each) => each === name));
	return Object.fromEntries(kept) as Omit<Whole, Name>;
}

/** What the seed's example of a server-to-server call asks for, with a card that has not expired. */
export function seedS2s(card: Partial<CardDetails> = {}) {
	const request = { ...without(seedRequest(), 'theme', 'amount_restricted'), user_id: 'U123' };
	return { request, card_details: { ...cardDetails(), ...card } };
}

type CardDetails = ReturnType<typeof cardDetails>;

function cardDetails() {
	return {
		holder_name: 'John Doe',
		card_number: '4111111111111111',
		cvc: '444',
		exp_month: '05',
		exp_year: String(new Date().getUTCFullYear() + 4)
	};
}

/** What the seed's example of a direct integration asks for. */
export function seedDirect(accountId: number) {
	const request = without(seedRequest(), 'theme', 'amount_restricted');
	return { request: { ...request, provider_id: accountId } };
}

/** What the seed's example of a withdrawal cashier asks for. */
export function seedWithdrawal() {
	const { customer, ...request } = without(seedRequest(), 'amount_restricted');
	return { request: { ...request, customer: without(customer, 'max_deposit_limit') } };
}
