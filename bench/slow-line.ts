import { createServer, type Server } from 'node:http';
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { browserArgs, findBrowser } from '../tests/browser.ts';
import { median } from './rounds.ts';
import { openSession, startBenchedApp } from './servers.ts';

/** payer-pages.md, *Weight and speed*: 400 kbit/s, 400 ms, a processor slowed 4 times. */
const LINE = {
	offline: false,
	latency: 400,
	downloadThroughput: 400_000 / 8,
	uploadThroughput: 400_000 / 8
};
const SLOWED = 4;
const MOST_RATIO = 1.2;
const MOST_REQUESTS = 5;

/** The least that takes a card number: what the payer's page is measured against. */
const BARE_FORM = `<!doctype html>
<html lang="en">
	<head><meta charset="utf-8" /><title>Pay</title></head>
	<body>
		<form method="post">
			<p><label>Card number <input name="number" autocomplete="cc-number" inputmode="numeric" /></label></p>
			<p><label>Expiry date <input name="expiry" autocomplete="cc-exp" inputmode="numeric" /></label></p>
			<p><label>Security code <input name="code" autocomplete="cc-csc" inputmode="numeric" /></label></p>
			<p><label>Name on card <input name="name" autocomplete="cc-name" /></label></p>
			<button>Pay</button>
		</form>
	</body>
</html>
`;

export interface Fact {
	what: string;
	seen: string;
	'at most': string;
	fits: boolean;
}

/** Types a digit into the card number on a slow line, into our page and a bare form by turns. */
export async function measureSlowLine(rounds: number): Promise<Fact[]> {
	const app = await startBenchedApp('sqlite');
	const bare = await serveBareForm();
	const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArgs });
	try {
		await warmUp(`${app.origin}/pay/${await openSession(app)}`);
		const seen: { page: Visit; form: Visit }[] = [];
		for (let round = 0; round < rounds; round++) {
			const page = await visit(browser, `${app.origin}/pay/${await openSession(app)}`);
			const form = await visit(browser, bare.url);
			seen.push({ page, form });
		}
		const address = `${app.origin}/pay/${await openSession(app)}`;
		const typesAlone = await visit(browser, address, { alone: true }).then(
			() => true,
			() => false
		);
		return factsOf(seen, typesAlone);
	} finally {
		await browser.close();
		bare.server.close();
		await app.stop();
	}
}

/** It is the page that is measured, not a server that has just started. */
async function warmUp(url: string): Promise<void> {
	for (let view = 0; view < 300; view++) await (await fetch(url)).arrayBuffer();
}

interface Visit {
	/** From the address to a digit that stands in the field. */
	typedMs: number;
	/** The addresses of all that the page asked for. */
	requests: string[];
}

/** Opens a page and types. `alone`: whatever the document asks for never comes. */
async function visit(browser: Browser, url: string, { alone = false } = {}): Promise<Visit> {
	const context = await browser.newContext();
	try {
		const page = await context.newPage();
		await slowDown(await context.newCDPSession(page));
		const requests: string[] = [];
		page.on('request', (request) => {
			if (!request.url().startsWith('data:')) requests.push(request.url());
		});
		if (alone) {
			await page.route('**', (route) =>
				route.request().isNavigationRequest() ? route.continue() : route.abort()
			);
		}
		const startedAt = performance.now();
		await page.goto(url, { waitUntil: 'commit' });
		await typeDigit(page);
		const typedMs = performance.now() - startedAt;
		await page.waitForLoadState('networkidle');
		return { typedMs, requests };
	} finally {
		await context.close();
	}
}

async function slowDown(session: CDPSession): Promise<void> {
	await session.send('Network.enable');
	await session.send('Network.emulateNetworkConditions', LINE);
	await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
}

async function typeDigit(page: Page): Promise<void> {
	const field = page.locator('input[autocomplete="cc-number"]');
	await field.focus();
	await page.keyboard.press('4');
	await page.waitForFunction(() => document.querySelector('input[autocomplete="cc-number"]:focus'));
	const value = await field.inputValue();
	if (value !== '4') throw new Error(`The card number took "${value}" instead of the digit`);
}

function factsOf(seen: { page: Visit; form: Visit }[], typesAlone: boolean): Fact[] {
	const pageMs = median(seen.map(({ page }) => page.typedMs));
	const formMs = median(seen.map(({ form }) => form.typedMs));
	const ratio = median(seen.map(({ page, form }) => page.typedMs / form.typedMs));
	const inAll = Math.max(...seen.map(({ page }) => page.requests.length));
	const origins = new Set(
		seen.flatMap(({ page }) => page.requests.map((url) => new URL(url).origin))
	);
	return [
		{
			what: `typed digit, ${pageMs.toFixed(0)} ms to a bare form's ${formMs.toFixed(0)} ms`,
			seen: ratio.toFixed(2),
			'at most': String(MOST_RATIO),
			fits: ratio <= MOST_RATIO
		},
		{
			what: 'requests before typing',
			seen: typesAlone ? '1' : 'more',
			'at most': '1',
			fits: typesAlone
		},
		{
			what: 'requests in all',
			seen: String(inAll),
			'at most': String(MOST_REQUESTS),
			fits: inAll <= MOST_REQUESTS
		},
		{ what: 'origins', seen: String(origins.size), 'at most': '1', fits: origins.size === 1 }
	];
}

async function serveBareForm(): Promise<{ server: Server; url: string }> {
	const server = createServer((_request, response) => {
		response.writeHead(200, { 'content-type': 'text/html' }).end(BARE_FORM);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No port was given');
	return { server, url: `http://localhost:${address.port}/` };
}
