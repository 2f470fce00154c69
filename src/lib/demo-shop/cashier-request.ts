import type { Choices } from './choices';

/** The shop's own words for an order. */
export interface OrderPlace {
	/** The shop's id of the order. */
	reference: string;
	/** Where the shop is reached. */
	origin: string;
}

/** What the shop asks of Cashdesk for an order: the body of `POST /api/v1/cashier`. */
export function cashierRequest(choices: Choices, { reference, origin }: OrderPlace): object {
	const { amount, currency, editable, locale, theme } = choices;
	return {
		request: {
			mode: 'test',
			theme,
			user_id: 'reader-1042',
			tracking_id: reference,
			...(amount !== '' && { amount }),
			currency,
			amount_restricted: !editable && amount !== '',
			settings: {
				description: 'Top-up of your reading account',
				return_url: `${origin}/demo/return`,
				...(locale !== 'auto' && { locale }),
				...(editable && { preset_amounts: ['10.00', '25.00', '60.00'] })
			}
		}
	};
}

/** The call as a line for a terminal, with a key that gives nothing away. */
export function showCall(origin: string, body: object): string {
	const json = JSON.stringify(body, null, 2).replaceAll("'", "'\\''");
	return [
		`curl ${origin}/api/v1/cashier \\`,
		"  -H 'x-api-key: cd_test_•••' \\",
		"  -H 'content-type: application/json' \\",
		`  -d '${json}'`
	].join('\n');
}
