import fc from 'fast-check';
import type { Api } from './requests';
import { mostly } from './values';
import type { Stage } from './stage';

/** The Charges API of the demo merchant, with charges to read and to cancel. */
export async function chargesApi(stage: Stage, charges = 20): Promise<Api> {
	const { app } = stage;
	const { charges: client } = app.demo;
	const headers = { authorization: `Bearer ${await chargesToken(stage)}` };
	const ids: string[] = [];
	for (let count = 0; count < charges; count++) ids.push(await createCharge(stage, headers));
	return {
		origin: app.origin,
		document: await stage.readDocument('charges'),
		headers,
		strangers: [{}, { authorization: 'Bearer nobody' }, { authorization: 'Basic bm9ib2R5' }],
		fresh: {
			reference: fc.oneof(
				{ weight: 20, arbitrary: fc.uuid() },
				{ weight: 1, arbitrary: fc.constantFrom('order-1', 'order-2') }
			),
			charge: fc.constantFrom(...ids, 'chg_0', 'chg_01936b2c5f4e7a3d9c8b7a6f5e4d3c2b'),
			return_address: mostly(`${app.origin}/demo/return`, 'https://nobody.example/'),
			webhook_address: fc.constant('http://localhost:4000/'),
			client_id: mostly(client.client_id, 'nobody'),
			client_secret: mostly(client.client_secret, 'guessed')
		}
	};
}

/** A token of the demo merchant's client. */
async function chargesToken({ app }: Stage): Promise<string> {
	const { client_id, client_secret } = app.demo.charges;
	const response = await fetch(`${app.origin}/v1/auth/token`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ client_id, client_secret })
	});
	const { access_token } = (await response.json()) as { access_token: string };
	return access_token;
}

/** Creates a charge, for what `fields` say; returns its id. */
export async function createCharge(
	{ app }: Stage,
	headers: Record<string, string>,
	fields: object = {}
): Promise<string> {
	const response = await fetch(`${app.origin}/v1/charges`, {
		method: 'POST',
		headers: { ...headers, 'content-type': 'application/json' },
		body: JSON.stringify({
			amount: 2000,
			currency: 'USD',
			redirect_url: `${app.origin}/demo/return`,
			post_url: 'http://localhost:4000/',
			...fields
		})
	});
	const { id } = (await response.json()) as { id: string };
	return id;
}
