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
	return JSON.stringify({ request }).replace(
		/\{"raw":("(?:[^"\\]|\\.)*")\}/g,
		(_, text: string) => JSON.parse(text) as string
	);
}
