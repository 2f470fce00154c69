import type { Page } from '@playwright/test';
import { browserArgs, findBrowser } from '../browser.ts';
import { bankFrame, cardForm, cards, fillCard, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { postCardForm, readFormFields } from './post-form.ts';
import { say } from './say.ts';

/** With the browser's memory of pages left, which test drivers turn off. */
test.use({
	launchOptions: {
		executablePath: findBrowser(),
		args: browserArgs,
		ignoreDefaultArgs: ['--disable-back-forward-cache']
	}
});

const merchant = 'Pelican Books';

async function expectHeading(page: Page, text: string): Promise<void> {
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(text);
}

test('a refresh on every step changes nothing', async ({ page, shop, records, faults }) => {
	faults.allow(/status of 422/);
	const { reference, url } = await shop.order();
	await page.goto(url);
	await fillCard(page, cards.approved);
	await page.reload();
	await payBy(page, cards.declined);
	await expect(page.getByRole('status')).toContainText(say('declined.declined.what'));
	await page.reload();
	await expect(page.getByRole('status')).toContainText(say('declined.declined.what'));
	await payBy(page, cards.challenge);
	await expect(bankFrame(page).getByRole('button', { name: 'Approve' })).toBeVisible();
	await page.reload();
	await bankFrame(page).getByRole('button', { name: 'Approve' }).click();
	await expectHeading(page, 'Payment successful');
	await page.reload();
	await expectHeading(page, 'Payment successful');
	await records.undecide(reference);
	await page.reload();
	await expectHeading(page, say('pending.heading'));
	await page.reload();
	await expectHeading(page, say('pending.heading'));
	records.askNow(reference);
	await expectHeading(page, 'Payment successful');
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 0 }, { charges: 1 }]);
	expect(records.transactionOf(reference).tries).toBe(2);
});

test.describe('without script', () => {
	test.use({ javaScriptEnabled: false });

	test('the refresh of a refused form shows it again', async ({ page, shop, records, faults }) => {
		faults.allow(/status of 422/);
		const { reference, url } = await shop.order();
		await page.goto(url);
		await cardForm(page).pay.click();
		await page.reload();
		await expect(page.getByRole('link', { name: 'Enter the card number' })).toBeVisible();
		await payBy(page, cards.approved);
		await expectHeading(page, 'Payment successful');
		expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
	});
});

test('the link opened again after success', async ({ page, browser, shop, records }) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.approved);
	await expectHeading(page, 'Payment successful');
	const elsewhere = await browser.newContext();
	for (const address of [url, `${url}/action`, `${url}/return`, `${url}/cancel`, `${url}?change`]) {
		const again = await elsewhere.newPage();
		await again.goto(address);
		await expectHeading(again, 'Payment successful');
		await expect(again.getByRole('link', { name: say('result.back', { merchant }) })).toBeVisible();
		await again.close();
	}
	await elsewhere.close();
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
});

test('the link opened again after it was canceled, or when its time is over', async ({
	page,
	shop,
	records
}) => {
	const canceled = await shop.order();
	await page.goto(canceled.url);
	await page.getByRole('button', { name: say('cancel.button', { merchant }) }).click();
	await expectHeading(page, 'Payment canceled');
	const expired = await shop.order({ settings: { expires_in: 300 } });
	await page.goto(expired.url);
	await expect(page.getByRole('timer')).toHaveText(/^[45] minutes left$/);
	records.endIn(expired.reference, -1);
	for (const [{ url }, heading] of [
		[canceled, 'Payment canceled'],
		[expired, say('result.expired.heading')]
	] as const) {
		for (const address of [url, `${url}/action`, `${url}/return`, `${url}/cancel`]) {
			await page.goto(address);
			await expectHeading(page, heading);
			await expect(
				page.getByRole('link', { name: say('result.back', { merchant }) })
			).toBeVisible();
			await expect(cardForm(page).pay).toHaveCount(0);
		}
	}
});

test('a form whose time ran out while it was open charges nothing', async ({
	page,
	shop,
	records
}) => {
	const { reference, url } = await shop.order({ settings: { expires_in: 300 } });
	await page.goto(url);
	await fillCard(page, cards.approved);
	records.endIn(reference, -1);
	await cardForm(page).pay.click();
	await expectHeading(page, say('result.expired.heading'));
	expect(records.paymentsOf(reference)).toEqual([]);
});

test('the page ends by itself when its time is over', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order({ settings: { expires_in: 300 } });
	await page.clock.install();
	await page.goto(url);
	await expect(cardForm(page).pay).toBeVisible();
	records.endIn(reference, -1);
	await page.clock.fastForward(300_000);
	await expectHeading(page, say('result.expired.heading'));
});

/** Pays from elsewhere with the very form that the page shows. */
async function payElsewhere(page: Page, url: string): Promise<void> {
	await fillCard(page, cards.approved);
	const fields = await readFormFields(url);
	expect(await postCardForm(url, fields, cards.approved)).toBe(new URL(url).pathname);
}

test('back after the payment shows what is true', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payElsewhere(page, url);
	await page.goto(`${shop.origin}/elsewhere`);
	await page.goBack();
	await expectHeading(page, 'Payment successful');
	await expect(cardForm(page).pay).toHaveCount(0);
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
});

test('a page that comes from the browser’s memory shows what is true', async ({ page, shop }) => {
	const { url } = await shop.order();
	await page.goto(url);
	await payElsewhere(page, url);
	// Whether a browser keeps a page is its own affair; what it says then is this.
	await page.evaluate(() => {
		window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
	});
	await expectHeading(page, 'Payment successful');
});

test('a page that is looked at again shows what is true', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payElsewhere(page, url);
	await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	await expectHeading(page, 'Payment successful');
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
});

test('back from the merchant shows the result', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.approved);
	await page.getByRole('link', { name: say('result.back', { merchant }) }).click();
	await page.waitForURL(`${shop.origin}/thanks?**`);
	await page.goBack();
	await expectHeading(page, 'Payment successful');
	await page.goBack();
	await expectHeading(page, 'Payment successful');
	await expect(cardForm(page).pay).toHaveCount(0);
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
});

test('a link that leads nowhere says so', async ({ page, app, faults }) => {
	faults.allow(/status of 404/);
	for (const path of ['/pay/unknown', '/pay/unknown/action', `/pay/${'x'.repeat(43)}`]) {
		const response = await page.goto(app.origin + path);
		expect(response?.status()).toBe(404);
		await expectHeading(page, say('unknown.heading'));
	}
});
