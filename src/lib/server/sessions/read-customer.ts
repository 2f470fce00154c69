import type { Context } from '$lib/server/context';

/** What a form may start with. */
export interface Customer {
	/** Empty: the merchant said none. */
	name: string;
	/** ISO 3166 alpha-2: of the phone, else of the customer. */
	phoneCountry: string | null;
}

/** What the merchant said of a session's payer, for the forms that ask for it. */
export async function readCustomer({ db }: Context, sessionId: string): Promise<Customer> {
	const row = await db.read
		.selectFrom('sessions')
		.select('customer')
		.where('id', '=', sessionId)
		.executeTakeFirst();
	const {
		first_name = '',
		last_name = '',
		country_code = null,
		phone
	} = JSON.parse(row?.customer ?? '{}') as {
		first_name?: string;
		last_name?: string;
		country_code?: string;
		phone?: { country?: string };
	};
	const phoneCountry = phone?.country ?? country_code;
	return { name: `${first_name} ${last_name}`.trim(), phoneCountry };
}
