import type { FrameLocator, Page } from '@playwright/test';
import { browserArgs, findBrowser } from '../browser.ts';
import { bankFrame, cards, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { say } from './say.ts';
import { openShop } from './shop.ts';
import { expectSignedReturn } from './signatures.ts';

type Heard = [type: string, detail: Record<string, string>];

/** As in a browser that keeps no cookies of sites within other sites. */
test.use({
	launchOptions: {
		executablePath: findBrowser(),
		args: [...browserArgs, '--test-third-party-cookie-phaseout']
	}
});

test.beforeEach(async ({ page }) => {
	await page.addInitScript(() => {
		// Frames need no storage: whoever asks for it here meets an error, which the test sees.
		if (window.parent === window) return;
		for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
			Object.defineProperty(window, name, {
				get() {
					throw new Error(`${name} was used`);
				}
			});
		}
	});
	await page.addInitScript(() => {
		const heard: Heard[] = [];
		Object.assign(window, { heardByShop: heard });
		for (const name of 'ready change pending success failure cancel redirect error'.split(' ')) {
			document.addEventListener(`cashdesk:${name}`, (event) => {
				if (event instanceof CustomEvent) heard.push([name, event.detail]);
			});
		}
	});
});

function paymentIn(page: Page): FrameLocator {
	return page.frameLocator('iframe').first();
}

/** What the element told the merchant's page so far. */
function heardBy(page: Page): Promise<Heard[]> {
	return page.evaluate(() => Reflect.get(window, 'heardByShop'));
}

test('cookies of other sites are really blocked here', async ({ page, shop }) => {
	const { port } = new URL(shop.origin);
	// By this name the shop's server is a site of its own.
	const other = `http://localhost:${port}/cookie`;
	await page.goto(other);
	await page.goto(other);
	await expect(page.locator('body')).toHaveText('Cookies: kept=1');
	await page.goto(`${shop.origin}/cookie-frame`);
	await expect(page.frameLocator('iframe').locator('body')).toHaveText('Cookies: none');
});

test('in the element: 3-D Secure, the events, and the whole window leads back', async ({
	page,
	shop,
	records,
	context
}) => {
	const { reference, token } = await shop.order();
	await page.goto(`${shop.origin}/embed?token=${token}`);
	await payBy(paymentIn(page), cards.challenge);
	await bankFrame(paymentIn(page)).getByRole('button', { name: 'Approve' }).click();
	await expect(paymentIn(page).getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	const { id } = records.transactionOf(reference);
	const ids = { transaction_id: id, tracking_id: reference };
	await expect
		.poll(() => heardBy(page))
		.toEqual([
			['ready', { ...ids, status: 'pending' }],
			['change', { ...ids, status: 'pending' }],
			['success', { ...ids, status: 'successful' }]
		]);
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
	expect(await context.cookies()).toEqual([]);
	await paymentIn(page)
		.getByRole('link', { name: /^Back to/ })
		.click();
	await page.waitForURL(`${shop.origin}/thanks?**`);
	expectSignedReturn(page.url(), shop, { ...ids, status: 'successful' });
});

test('the element’s frame is as high as what it shows', async ({ page, shop }) => {
	const { token } = await shop.order();
	await page.goto(`${shop.origin}/embed?token=${token}`);
	const heights = async () => {
		const content = await paymentIn(page)
			.locator('html')
			.evaluate((html) => html.scrollHeight - html.clientHeight);
		const frame = await page.locator('iframe').boundingBox();
		return { content, isReserved: (frame?.height ?? 0) >= 480 };
	};
	await expect.poll(heights).toEqual({ content: 0, isReserved: true });
	await paymentIn(page).locator('summary').click();
	await expect.poll(heights).toEqual({ content: 0, isReserved: true });
});

test('the merchant can keep its page and show the way itself', async ({ page, shop }) => {
	const { token } = await shop.order();
	await page.goto(`${shop.origin}/embed?token=${token}`);
	await page.evaluate(() =>
		document.addEventListener('cashdesk:redirect', (event) => event.preventDefault())
	);
	await payBy(paymentIn(page), cards.approved);
	await paymentIn(page)
		.getByRole('link', { name: /^Back to/ })
		.click();
	await expect
		.poll(async () => (await heardBy(page)).map(([name]) => name))
		.toEqual(['ready', 'success', 'redirect']);
	const [, detail] = (await heardBy(page)).at(-1) ?? [];
	expect(detail?.url).toMatch(new RegExp(`^${shop.origin}/thanks\\?shelf=3&transaction_id=`));
	expect(page.url()).toContain('/embed');
});

test('in a plain frame', async ({ page, shop, records, context }) => {
	const { reference, token } = await shop.order();
	await page.goto(`${shop.origin}/frame?token=${token}`);
	await payBy(paymentIn(page), cards.declined);
	await expect(paymentIn(page).getByRole('status')).toContainText(say('declined.declined.what'));
	await payBy(paymentIn(page), cards.challenge);
	await bankFrame(paymentIn(page)).getByRole('button', { name: 'Approve' }).click();
	await expect(paymentIn(page).getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 0 }, { charges: 1 }]);
	expect(await context.cookies()).toEqual([]);
	await paymentIn(page)
		.getByRole('link', { name: /^Back to/ })
		.click();
	await page.waitForURL(`${shop.origin}/thanks?**`);
});

test.describe('without script in the frame', () => {
	test.use({ javaScriptEnabled: false });

	test('the whole window goes to the bank and comes back', async ({ page, shop, records }) => {
		const { reference, token } = await shop.order();
		await page.goto(`${shop.origin}/frame?token=${token}`);
		await payBy(paymentIn(page), cards.challenge);
		await paymentIn(page)
			.getByRole('link', { name: say('action.continue') })
			.click();
		await page.waitForURL('**/simulator/challenge/**');
		await page.getByRole('button', { name: 'Approve' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
		expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1 }]);
	});
});

test('a page that is not on the list cannot frame it, and shows a link instead', async ({
	app,
	page,
	shop,
	faults
}) => {
	// The browser says so itself; and the hello finds nobody of our origin.
	faults.allow(/frame-ancestors|Failed to execute 'postMessage'/);
	const stranger = await openShop(app);
	const { token, url } = await shop.order();
	await page.clock.install();
	await page.goto(`${stranger.origin}/embed?token=${token}`);
	await page.waitForFunction(() => customElements.get('cash-desk') !== undefined);
	const link = page.getByRole('link', { name: say('embed.open') });
	await expect(link).toHaveCount(0);
	await page.clock.fastForward(5000);
	await expect(link).toHaveAttribute('href', url);
	await expect(paymentIn(page).locator('#pay')).toHaveCount(0);
	expect((await heardBy(page)).map(([name]) => name)).toEqual(['error']);
	await stranger.close();
});

test('the bank’s page within ours is for the listed page only', async ({
	app,
	page,
	shop,
	faults
}) => {
	faults.allow(/frame-ancestors|status of 4/);
	const stranger = await openShop(app);
	const { token, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.challenge);
	await expect(bankFrame(page).getByRole('button', { name: 'Approve' })).toBeVisible();
	for (const step of ['', '/action', '/return']) {
		await page.goto(`${stranger.origin}/frame?token=${token}${step}`);
		await expect.poll(() => page.frames().length).toBe(2);
		await expect(paymentIn(page).locator('#page')).toHaveCount(0);
		const [, frame] = page.frames();
		expect(frame?.url()).toMatch(/^chrome-error:/);
	}
	await stranger.close();
});
