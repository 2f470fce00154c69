import { bankFrame, cards, chooseCard, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { pageStates, showState } from './page-states.ts';
import { looks, problemsOn } from './problems-on.ts';

test.beforeEach(async ({ page, faults }) => {
	faults.allow(/status of 422/);
	// A colour on its way to another one has no contrast of its own.
	await page.emulateMedia({ reducedMotion: 'reduce' });
});

for (const [name, state] of Object.entries(pageStates)) {
	test(`the payer's page: ${name}`, async ({ page, shop, records }) => {
		const order = await shop.order(state.fields);
		await state.reach?.({ page, shop, records }, order);
		for (const look of looks) {
			await showState(page, state, order.url, look);
			expect(await problemsOn(page), JSON.stringify(look)).toEqual([]);
		}
	});
}

test("the payer's page: a refused form without script", async ({ page, shop, browser }) => {
	const { url } = await shop.order();
	const context = await browser.newContext({ javaScriptEnabled: false });
	const plain = await context.newPage();
	await plain.goto(url);
	const answered = plain.waitForResponse((response) => response.request().method() === 'POST');
	await plain.locator('#pay').click();
	const html = await (await answered).text();
	await context.close();
	// axe needs scripts: the same answer is shown in a page that has them.
	await page.route(url, (route) =>
		route.fulfill({ status: 422, contentType: 'text/html', body: html })
	);
	await page.goto(url);
	await expect(page.locator('#problems')).toBeVisible();
	expect(await problemsOn(page)).toEqual([]);
});

test('a link that leads nowhere', async ({ page, app, faults }) => {
	faults.allow(/status of 404/);
	for (const locale of ['en', 'ar']) {
		await page.goto(`${app.origin}/pay/unknown?locale=${locale}`);
		await expect(page.locator('h1')).toBeVisible();
		expect(await problemsOn(page)).toEqual([]);
	}
});

test("the simulated bank's page", async ({ page, shop }) => {
	const { url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.challenge);
	const bank = bankFrame(page);
	await expect(bank.getByRole('button', { name: 'Approve' })).toBeVisible();
	const address = await bank.locator('html').evaluate(() => location.href);
	for (const query of ['?locale=en', '?locale=ar', '?locale=en&silent']) {
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.goto(new URL(query, address).href);
			expect(await problemsOn(page)).toEqual([]);
		}
	}
});

for (const path of [
	'/',
	'/demo',
	'/demo?way=withdrawal',
	'/demo?way=card',
	'/docs',
	'/docs/cashier',
	'/docs/charges',
	'/docs/checkout',
	'/docs/going-live',
	'/docs/reference',
	'/docs/routing',
	'/docs/testing',
	'/docs/webhooks',
	'/simulator',
	'/demo/return',
	'/demo/orders/unknown'
]) {
	test(`the page ${path}`, async ({ page, app, faults }) => {
		faults.allow(/status of 404/);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.goto(app.origin + path);
			expect(await problemsOn(page), colorScheme).toEqual([]);
		}
	});
}

test("the demo's order, paid", async ({ page, app }) => {
	// The page would leave for the shop while it is looked at.
	await page.route('**/demo/return?*', (route) => route.fulfill({ status: 204 }));
	await page.goto(`${app.origin}/demo`);
	await page.getByRole('button', { name: 'Continue to payment' }).click();
	const payment = page.frameLocator('cash-desk iframe');
	await expect(payment.locator('#pay, #choose')).toBeVisible();
	expect(await problemsOn(page)).toEqual([]);
	await chooseCard(payment);
	await payBy(payment, cards.approved);
	await expect(page.locator('#webhooks li')).toHaveCount(1, { timeout: 15_000 });
	expect(await problemsOn(page)).toEqual([]);
});
