/**
 * Weighs the built scripts and the card page as they go over the wire and fails when one is over its budget.
 * The last step of `npm run build`: a page that got heavy doesn't ship.
 */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { startApp, type App } from './app.ts';

const folder = 'build/scripts';
const MOST_PAGE_BYTES = 14 * 1024;

const budgets = [
	{ script: 'page', manifest: 'page.json', mostBytes: 12 * 1024 },
	{ script: 'embed', manifest: 'embed.json', mostBytes: 10 * 1024 }
];

function weigh(manifest: string): { file: string; bytes: number } {
	const chunks: Record<string, { file: string; isEntry?: boolean }> = JSON.parse(
		readFileSync(join(folder, manifest), 'utf8')
	);
	const files = Object.values(chunks);
	const [only] = files;
	if (!only?.isEntry || files.length > 1) throw new Error(`${manifest}: not one file`);
	const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
	const bytes = brotliCompressSync(readFileSync(join(folder, only.file)), { params }).length;
	return { file: only.file, bytes };
}

const scripts = budgets.map(({ script, manifest, mostBytes }) => {
	const { file, bytes } = weigh(manifest);
	return row(`${script} script, ${file}`, bytes, mostBytes);
});

const rows = [...scripts, ...(await weighPages())];
console.table(rows);
if (rows.some(({ fits }) => !fits)) {
	console.error('Something is over its budget.');
	process.exitCode = 1;
}

function row(what: string, bytes: number, mostBytes: number) {
	return { what, 'bytes (brotli)': bytes, 'at most': mostBytes, fits: bytes <= mostBytes };
}

/** The first view of a card page, as the server process sends it. */
async function weighPages() {
	const app = await startApp({ engine: 'sqlite' });
	try {
		const pages = [];
		for (const locale of ['en', 'ar']) {
			const path = await openCardPage(app, locale);
			const bytes = await countBytes(app.origin + path);
			pages.push(row(`card page, ${locale}`, bytes, MOST_PAGE_BYTES));
		}
		return pages;
	} finally {
		await app.stop();
	}
}

async function openCardPage({ origin, demo }: App, locale: string): Promise<string> {
	const response = await fetch(`${origin}/api/v1/cashier`, {
		method: 'POST',
		headers: { 'x-api-key': demo.cashier.api_key, 'content-type': 'application/json' },
		body: JSON.stringify({
			request: {
				mode: 'test',
				user_id: 'weigher',
				tracking_id: locale,
				amount: '1234.56',
				currency: 'EUR',
				amount_restricted: true,
				settings: {
					locale,
					methods: ['card'],
					description: 'Order 4711: two paperbacks and a bookmark'
				}
			}
		})
	});
	const { token } = (await response.json()) as { token: string };
	return `/pay/${token}`;
}

/** Bytes of the body on the wire; `fetch` would count them unpacked. */
function countBytes(url: string): Promise<number> {
	return new Promise((resolve, reject) => {
		const asked = request(url, { headers: { 'accept-encoding': 'br' } }, (response) => {
			if (response.statusCode !== 200 || response.headers['content-encoding'] !== 'br') {
				reject(new Error(`The card page answered ${response.statusCode}, or not in brotli`));
			}
			let bytes = 0;
			response.on('data', (chunk: Buffer) => (bytes += chunk.length));
			response.on('end', () => resolve(bytes));
		});
		asked.once('error', reject).end();
	});
}
