import { request as httpRequest } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { cardForm, cards, fillCard, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';

test('the card page takes typing after one request', async ({ page, shop }) => {
	const { url } = await shop.order();
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	let letGo: () => void = () => undefined;
	const held = new Promise<void>((resolve) => (letGo = resolve));
	await page.route('**', async (route) => {
		if (route.request().url() !== url) await held;
		await route.continue();
	});
	await page.goto(url, { waitUntil: 'commit' });
	await fillCard(page, cards.approved);
	await expect(cardForm(page).number).toHaveValue(/^4242/);
	// It is styled too: the field has the size of its rules.
	const field = await cardForm(page).number.boundingBox();
	expect(field?.height).toBeGreaterThanOrEqual(48);
	letGo();
	await expect(page).toHaveTitle(/^Pay /);
	expect(asked.slice(1).every((address) => address.endsWith('.js'))).toBe(true);
});

test('a payment asks for little, and of our origin alone', async ({ page, shop, app }) => {
	const { url } = await shop.order();
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	await page.goto(url);
	await page.waitForLoadState('networkidle');
	expect(asked.length).toBeLessThanOrEqual(5);
	await payBy(page, cards.challenge);
	await expect(page.locator('iframe')).toBeVisible();
	await page.waitForLoadState('networkidle');
	expect([...new Set(asked.map((address) => new URL(address).origin))]).toEqual([app.origin]);
});

test('the card page is small on the wire', async ({ shop }) => {
	for (const fields of [{}, { settings: { locale: 'ar' } }]) {
		const { url } = await shop.order(fields);
		const { headers, body } = await getCompressed(url);
		expect(headers['content-encoding']).toBe('br');
		expect(headers['cache-control']).toContain('no-store');
		expect(brotliDecompressSync(body).toString()).toContain('cc-number');
		expect(body.length).toBeLessThanOrEqual(14 * 1024);
	}
});

/** As it comes over the wire; `fetch` would unpack it. */
function getCompressed(url: string) {
	return new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
		const headers = { accept: 'text/html', 'accept-encoding': 'gzip, br' };
		const sent = httpRequest(url, { headers }, async (response) => {
			const chunks: Buffer[] = [];
			for await (const chunk of response) chunks.push(Buffer.from(chunk));
			resolve({ headers: response.headers, body: Buffer.concat(chunks) });
		});
		sent.once('error', reject).end();
	});
}
