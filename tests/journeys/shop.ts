import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { App } from '../app.ts';

/** Fields of the Cashier API's `request` that differ from the usual order. */
export interface OrderFields {
	/** The merchant's id of the payer. */
	user_id?: string;
	amount?: string;
	currency?: string;
	amount_restricted?: boolean;
	theme?: 'light' | 'dark' | 'auto';
	customer?: object;
	settings?: object;
}

interface Order {
	/** The shop's id of it. */
	reference: string;
	token: string;
	/** The payment page. */
	url: string;
}

interface Answer {
	reference: string;
	/** Where the payer goes; empty: nowhere. */
	url: string;
	transaction_id: string;
	transaction_status: string;
}

export interface ReceivedWebhook {
	headers: IncomingHttpHeaders;
	/** As it came over the wire. */
	body: string;
}

/** What the shop's server did: a webhook that it answered (its body), or a page (its address). */
interface Served {
	what: 'webhook' | 'page';
	text: string;
}

/** The keys that an application's merchant holds in its hands. */
interface Keys {
	/** An account that takes every method. */
	provider_id: number;
	api_key: string;
	signature_password: string;
	webhook_secret: string;
}

/** A merchant's site and server on a port of its own. Its host makes it another site than ours. */
export interface Shop {
	origin: string;
	keys: Keys;
	/** Asks the app for a payment page: €10.05 to be paid by card, and back to `/thanks`. */
	order(fields?: OrderFields): Promise<Order>;
	/** Asks the app for a payment that brings its card or its way along; what it answered. */
	call(path: '/s2s' | '/direct', fields: object, rest?: object): Promise<Answer>;
	/** The webhooks that came for an order so far. */
	webhooksOf(reference: string): ReceivedWebhook[];
	/** All that was served so far, in its order. */
	served(): readonly Served[];
	close(): Promise<void>;
}

export async function openShop(app: App): Promise<Shop> {
	const webhooks: ReceivedWebhook[] = [];
	const served: Served[] = [];
	const { cashier: keys } = JSON.parse(readFileSync(join(app.dataDir, 'demo.json'), 'utf8')) as {
		cashier: Keys;
	};
	const server = createServer(async (request, response) => {
		const address = new URL(request.url ?? '/', 'http://shop');
		if (request.method !== 'POST') {
			served.push({ what: 'page', text: address.href });
			return showPage(app.origin, request, response);
		}
		let body = '';
		for await (const chunk of request.setEncoding('utf8')) body += chunk;
		webhooks.push({ headers: request.headers, body });
		await pause(Number(address.searchParams.get('takes_ms') ?? 0));
		served.push({ what: 'webhook', text: body });
		response.end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	async function post(path: string, body: object): Promise<unknown> {
		const response = await fetch(`${app.origin}/api/v1${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'x-api-key': keys.api_key },
			body: JSON.stringify(body)
		});
		if (response.status !== 200) throw new Error(`Refused: ${await response.text()}`);
		return response.json();
	}

	async function order(fields: OrderFields = {}): Promise<Order> {
		const reference = randomUUID();
		const request = {
			mode: 'test',
			user_id: 'reader-7',
			tracking_id: reference,
			amount: '10.05',
			currency: 'EUR',
			amount_restricted: true,
			...fields,
			settings: {
				return_url: `${origin}/thanks?shelf=3`,
				webhook_url: `${origin}/webhook`,
				methods: ['card'],
				...fields.settings
			}
		};
		const { token } = (await post('/cashier', { request })) as { token: string };
		return { reference, token, url: `${app.origin}/pay/${token}` };
	}

	return {
		origin,
		keys,
		order,
		async call(path, fields, rest = {}) {
			const reference = randomUUID();
			const settings = { return_url: `${origin}/thanks?shelf=3`, webhook_url: `${origin}/webhook` };
			const sum = { amount: '10.05', currency: 'EUR', settings };
			const request = {
				mode: 'test',
				user_id: 'reader-7',
				tracking_id: reference,
				...sum,
				...fields
			};
			const answer = (await post(path, { request, ...rest })) as Omit<Answer, 'reference'>;
			return { reference, ...answer };
		},
		served: () => served,
		webhooksOf: (reference) => webhooks.filter(({ body }) => body.includes(reference)),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			})
	};
}

type Handle = Parameters<RequestListener>;

/**
 * `/embed?token=…` shows the element, `/frame?token=…` a plain frame, `/cookie` what cookies came,
 * `/cookie-frame` the same within a page; all else some words.
 */
function showPage(cashdesk: string, request: Handle[0], response: Handle[1]): void {
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://shop');
	const token = searchParams.get('token') ?? '';
	const cookiePage = `http://localhost:${request.socket.localPort}/cookie`;
	const pages: Record<string, string> = {
		'/cookie': `Cookies: ${request.headers.cookie ?? 'none'}`,
		'/cookie-frame': `<iframe title="Another site" src="${cookiePage}"></iframe>`,
		'/embed': `<h1>Basket</h1><script src="${cashdesk}/embed/v1.js" async></script>
			<cash-desk token="${token}"></cash-desk>`,
		'/frame': `<h1>Basket</h1>
			<iframe title="Payment" width="400" height="900" src="${cashdesk}/pay/${token}"></iframe>`
	};
	if (pathname === '/cookie') response.setHeader('set-cookie', 'kept=1; SameSite=None; Secure');
	response.setHeader('content-type', 'text/html; charset=utf-8');
	response.end(
		`<!doctype html><html lang="en"><head><title>The shop</title>
		<link rel="icon" href="data:,"></head><body>${pages[pathname] ?? '<h1>Thank you</h1>'}</body></html>`
	);
}
