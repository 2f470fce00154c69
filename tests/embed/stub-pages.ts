import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The two servers of an embedded payment; their hosts differ, so their pages are cross-site. */
export interface StubPages {
	/** The merchant's origin, with the pages listed below. */
	merchant: string;
	/** Our origin, with `/embed/v1.js`, `/pay/{token}` and the script of that page. */
	cashdesk: string;
	close(): Promise<void>;
}

interface Scripts {
	embed: string;
	payerPage: string;
}

/** As strict as a merchant's policy can be while it shows our frame. */
const merchantPolicy = (cashdesk: string) =>
	`default-src 'none'; script-src ${cashdesk}; frame-src 'self' ${cashdesk}; ` +
	`require-trusted-types-for 'script'; trusted-types 'none'`;

export async function startStubPages(scripts: Scripts): Promise<StubPages> {
	const origins = { merchant: '', cashdesk: '' };

	const merchantServer = await listen((request, response) => {
		const { pathname } = urlOf(request);
		const script = `<script src="${origins.cashdesk}/embed/v1.js" async></script>`;
		const pages: Record<string, string> = {
			'/': `${script}<cash-desk token="tok_1"></cash-desk>`,
			'/empty': script,
			'/no-script': '<cash-desk token="tok_1"></cash-desk>',
			'/two-scripts': `<cash-desk token="tok_1"></cash-desk>${script}${script}`,
			'/strange': 'Strange',
			'/thanks': 'Thank you'
		};
		response.setHeader('content-security-policy', merchantPolicy(origins.cashdesk));
		sendPage(response, `<html lang="en"><body>${pages[pathname] ?? ''}</body></html>`);
	}, '127.0.0.1');

	const cashdeskServer = await listen((request, response) => {
		const url = urlOf(request);
		if (url.pathname === '/embed/v1.js') return sendScript(response, scripts.embed);
		if (url.pathname === '/payer-page.js') return sendScript(response, scripts.payerPage);
		if (request.method === 'POST') {
			return response.writeHead(303, { location: `${url.pathname}?paid` }).end();
		}
		const allowed = url.pathname === '/pay/unlisted' ? [] : [origins.merchant];
		const refused = url.pathname === '/pay/refused';
		response.setHeader(
			'content-security-policy',
			`default-src 'none'; script-src 'self'; form-action 'self'; base-uri 'none'; ` +
				`frame-ancestors ${refused ? `'none'` : origins.merchant}; ` +
				`require-trusted-types-for 'script'; trusted-types 'none'`
		);
		sendPage(response, payerPage(allowed, url.searchParams.has('paid')));
	}, 'localhost');

	origins.merchant = `http://127.0.0.1:${portOf(merchantServer)}`;
	origins.cashdesk = `http://localhost:${portOf(cashdeskServer)}`;
	return {
		...origins,
		async close() {
			await Promise.all([merchantServer, cashdeskServer].map(stop));
		}
	};
}

function payerPage(origins: string[], paid: boolean): string {
	const transaction = { transaction_id: 'txn_1', tracking_id: 'order-1' };
	const says = paid
		? [
				['ready', {}],
				['success', { ...transaction, status: 'successful', number: '4200000000000000' }]
			]
		: [
				['ready', {}],
				['pending', { ...transaction, status: 'pending' }]
			];
	const data = `data-origins='${JSON.stringify(origins)}' data-says='${JSON.stringify(says)}'`;
	return `<html lang="en" ${data}><head><script src="/payer-page.js" defer></script></head>
		<body><form method="post"><button>Pay</button></form><div id="filler"></div></body></html>`;
}

async function listen(handle: RequestListener, host: string): Promise<Server> {
	const server = createServer(handle);
	await new Promise<void>((resolve) => server.listen(0, host, resolve));
	return server;
}

async function stop(server: Server): Promise<void> {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
}

function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}

function urlOf(request: IncomingMessage): URL {
	return new URL(request.url ?? '/', 'http://stub');
}

type Response = Parameters<RequestListener>[1];

function sendPage(response: Response, html: string): void {
	response.setHeader('content-type', 'text/html; charset=utf-8');
	response.end(`<!doctype html>${html}`);
}

function sendScript(response: Response, script: string): void {
	response.setHeader('content-type', 'text/javascript; charset=utf-8');
	response.end(script);
}
