import { expect, test } from './journey';

/** The API reference: a library of others on a page of ours, under a policy. */

for (const dialect of ['cashier', 'charges', 'checkout']) {
	test(`the reference of ${dialect} asks nobody but us and breaks no policy`, async ({
		app,
		page
	}) => {
		const asked = new Set<string>();
		page.on('request', (request) => void asked.add(new URL(request.url()).origin));
		const response = await page.goto(`${app.origin}/docs/reference/${dialect}`);
		const policy = response?.headers()['content-security-policy'] ?? '';
		expect(policy).toContain("script-src 'self';");
		expect(policy).toContain("connect-src 'self';");
		expect(policy).not.toContain('unsafe-eval');
		await expect(page.getByRole('heading', { level: 1 })).toContainText(' API');
		await page.waitForLoadState('networkidle');
		expect([...asked]).toEqual([app.origin]);
	});
}

test('a request is tried from the reference', async ({ app, page }) => {
	const asked = new Set<string>();
	page.on('request', (request) => void asked.add(new URL(request.url()).origin));
	await page.goto(`${app.origin}/docs/reference/cashier`);
	const key = page.getByPlaceholder('QUxMIFlPVVIgQkFTRSBBUkUgQkVMT05HIFRPIFVT').first();
	await key.fill(app.demo.cashier.api_key);
	await page.getByRole('button', { name: 'Test Request' }).first().click();
	const answered = page.waitForResponse((response) => response.url().includes('/api/v1/'));
	await page.getByRole('button', { name: /^Send post request/ }).click();
	const response = await answered;
	expect(response.status()).toBe(200);
	// A key that stands in for the reader's own would refuse their second, changed request.
	expect(response.request().headers()).not.toHaveProperty('idempotency-key');
	await expect(page.getByText('200 OK')).toBeVisible();
	expect([...asked]).toEqual([app.origin]);
});

test.describe('without script', () => {
	test.use({ javaScriptEnabled: false });

	test('the reference leads to the guide and to the document', async ({ app, page }) => {
		await page.goto(`${app.origin}/docs/reference/cashier`);
		await expect(page.getByRole('link', { name: 'the guide' })).toBeVisible();
		const document = page.getByRole('link', { name: 'the OpenAPI document' });
		const path = (await document.getAttribute('href')) ?? '';
		expect((await page.request.get(app.origin + path)).status()).toBe(200);
	});
});
