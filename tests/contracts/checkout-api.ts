import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Api } from './requests';
import { mostly } from './values';
import type { Stage } from './stage';

/** What a checkout's link carries. */
export interface Link {
	id: string;
	expires: string;
	signature: string;
}

/** The Checkout API of the demo merchant, with payments and applications of its own. */
export async function checkoutApi(stage: Stage, payments = 20): Promise<Api> {
	const { app } = stage;
	const { checkout } = app.demo;
	const headers = { authorization: `Bearer ${await checkoutToken(stage)}` };
	const links: Link[] = [];
	for (let count = 0; count < payments; count++) links.push(await openCheckout(stage, headers));
	const application = await createApplication(stage, headers);
	const spares: string[] = [];
	const tokens: string[] = [];
	for (let count = 0; count < payments; count++) {
		spares.push(await createApplication(stage, headers));
		tokens.push((await createToken(stage, headers, application, ['payments.get'])).id);
	}
	const ids = links.map(({ id }) => id);
	const linked = fc.constantFrom(...links, { id: randomUUID(), expires: '1', signature: 'aa' });
	return {
		origin: app.origin,
		document: await stage.readDocument('checkout'),
		headers,
		strangers: [{}, { authorization: 'Bearer nobody' }, { authorization: 'Basic bm9ib2R5' }],
		fresh: {
			reference: fc.oneof(
				{ weight: 20, arbitrary: fc.uuid() },
				{ weight: 1, arbitrary: fc.constantFrom('order-1', 'order-2') }
			),
			application: fc.constant(checkout.application_client_id),
			application_id: fc.constantFrom(application, application, application, randomUUID()),
			application_to_delete: fc.constantFrom(...spares, randomUUID()),
			token_id: fc.constantFrom(...tokens, randomUUID()),
			payment: fc.constantFrom(...ids, randomUUID()),
			link_payment: fc.constantFrom(...ids, randomUUID()),
			link_expires: fc.constantFrom('1795266000', '1', ''),
			link_signature: fc.constantFrom('aa', ''),
			moment: mostly(inHours(30), inHours(-1)),
			return_address: mostly(`${app.origin}/demo/return`, 'https://nobody.example/'),
			webhook_address: fc.constant('http://localhost:4000/'),
			client_id: mostly(checkout.oauth_client_id, 'nobody'),
			client_secret: mostly(checkout.oauth_client_secret, 'guessed')
		},
		parameters: {
			listMethods: linked.map((link) => ({ ...link })),
			readPayerInstructions: fc
				.tuple(linked, fc.constantFrom('bank_transfer', 'wallet', 'card', 'voucher', 'none'))
				.map(([link, method]) => ({ ...link, provider: 'simulator', method })),
			readInstructions: fc
				.tuple(
					fc.constantFrom(...ids, randomUUID()),
					fc.constantFrom('bank_transfer', 'wallet', 'card', 'voucher', 'none')
				)
				.map(([id, method]) => ({ id, provider: 'simulator', method }))
		}
	};
}

export function inHours(hours: number): string {
	return new Date(Date.now() + hours * 3_600_000).toISOString();
}

/** An access token of the demo merchant, who may do everything. */
async function checkoutToken({ app }: Stage): Promise<string> {
	const { oauth_client_id: client_id, oauth_client_secret: client_secret } = app.demo.checkout;
	const response = await fetch(`${app.origin}/oauth/token`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ client_id, client_secret, grant_type: 'client_credentials' })
	});
	const { access_token } = (await response.json()) as { access_token: string };
	return access_token;
}

/** Opens a checkout of the demo's application; returns what its link carries. */
export async function openCheckout(
	stage: Stage,
	headers: Record<string, string>,
	fields: object = {}
): Promise<Link> {
	const { data } = await post<{ data: { id: string; checkoutUrl: string } }>(
		stage,
		headers,
		'/api/payment/checkout',
		{
			amount: 10000,
			currencyCode: 'USD',
			reference: randomUUID(),
			referenceLabel: 'An order',
			clientId: stage.app.demo.checkout.application_client_id,
			...fields
		}
	);
	const { searchParams } = new URL(data.checkoutUrl);
	const part = (name: string) => searchParams.get(name) ?? '';
	return { id: data.id, expires: part('expires'), signature: part('signature') };
}

/** Makes an application; returns its id. */
export async function createApplication(
	stage: Stage,
	headers: Record<string, string>,
	fields: object = {}
): Promise<string> {
	const url = 'https://shop.example';
	const wanted = { name: 'A shop', url, secret: 'a-text-nobody-guesses', ...fields };
	const { data } = await post<{ data: { id: string } }>(
		stage,
		headers,
		'/api/payment-applications',
		wanted
	);
	return data.id;
}

/** Makes a client token of an application. */
export async function createToken(
	stage: Stage,
	headers: Record<string, string>,
	application: string,
	scopes: string[]
): Promise<{ id: string; token: string }> {
	const path = `/api/payment-applications/${application}/tokens`;
	const { data } = await post<{ data: { id: string; token: string } }>(stage, headers, path, {
		label: 'tests',
		scopes
	});
	return data;
}

async function post<Answer>(
	{ app }: Stage,
	headers: Record<string, string>,
	path: string,
	body: object
): Promise<Answer> {
	const response = await fetch(app.origin + path, {
		method: 'POST',
		headers: { ...headers, 'content-type': 'application/json' },
		body: JSON.stringify(body)
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${path}: ${text}`);
	return JSON.parse(text) as Answer;
}
