import type { FrameLocator, Page } from '@playwright/test';
import { bankFrame, cards, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { say } from './say.ts';

const verified = '✓ both signatures verified';

/** From the welcome page through the shop to the payment, in the frame of the order's page. */
async function orderInFrame(page: Page, origin: string): Promise<FrameLocator> {
	await page.goto(origin);
	await page.getByRole('link', { name: 'Open the demo shop' }).click();
	await page.getByRole('radio', { name: 'Card only' }).check();
	await page.getByRole('button', { name: 'Continue to payment' }).click();
	await page.waitForURL('**/demo/orders/**');
	return page.frameLocator('cash-desk iframe');
}

function orderOf(page: Page): string {
	return new URL(page.url()).pathname.split('/').pop() ?? '';
}

async function expectWebhook(page: Page, status: string): Promise<void> {
	const webhooks = page.locator('#webhooks li');
	await expect(webhooks).toHaveCount(1, { timeout: 15_000 });
	await expect(webhooks).toContainText(status);
	await expect(webhooks).toContainText(verified);
}

test('a card is approved, the webhook comes verified, and the shop gives thanks', async ({
	app,
	page,
	records
}) => {
	const payment = await orderInFrame(page, app.origin);
	const reference = orderOf(page);
	await payBy(payment, cards.approved);
	await expect(payment.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await expectWebhook(page, 'successful');
	await expect(page.locator('#events')).toContainText('success');
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
	// The page leads on by itself.
	await page.waitForURL('**/demo/return?**');
	await expect(page.getByText('✓ signature verified')).toBeVisible();
	await expect(page.getByText('Thank you! Your account is topped up')).toBeVisible();
	await expectWebhook(page, 'successful');
	await page.goto(page.url().replace('status=successful', 'status=pending'));
	await expect(page.getByText('✕ signature refused')).toBeVisible();
});

test('a card is declined, another one pays', async ({ app, page, records }) => {
	const payment = await orderInFrame(page, app.origin);
	const reference = orderOf(page);
	await payBy(payment, cards.insufficientFunds);
	await expect(payment.getByRole('status')).toContainText(say('declined.insufficient_funds.what'));
	await payBy(payment, cards.approved);
	await expect(payment.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await expectWebhook(page, 'successful');
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 0 }, { charges: 1 }]);
});

test('3-D Secure without a question', async ({ app, page }) => {
	const payment = await orderInFrame(page, app.origin);
	await payBy(payment, cards.frictionless);
	await expect(payment.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await expectWebhook(page, 'successful');
});

test('3-D Secure, approved', async ({ app, page }) => {
	const payment = await orderInFrame(page, app.origin);
	await payBy(payment, cards.challenge);
	await bankFrame(payment).getByRole('button', { name: 'Approve' }).click();
	await expect(payment.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await expectWebhook(page, 'successful');
});

for (const { answer, why } of [
	{ answer: 'Fail', why: 'declined.authentication_failed.what' },
	{ answer: 'Cancel', why: 'declined.authentication_canceled.what' }
] as const) {
	test(`3-D Secure, ${answer}: another card can be tried`, async ({ app, page }) => {
		const payment = await orderInFrame(page, app.origin);
		await payBy(payment, cards.challenge);
		await bankFrame(payment).getByRole('button', { name: answer, exact: true }).click();
		await expect(payment.getByRole('status')).toContainText(say(why));
		await payBy(payment, cards.approved);
		await expectWebhook(page, 'successful');
	});
}

test('3-D Secure, never answered: the payer gives up and is back at the shop', async ({
	app,
	page
}) => {
	const payment = await orderInFrame(page, app.origin);
	await payBy(payment, cards.challenge);
	await bankFrame(payment).getByRole('button', { name: 'Never answer' }).click();
	await expect(bankFrame(payment).getByText('The bank does not answer')).toBeVisible();
	// What is fixed within a frame is out of reach for Playwright's own scrolling.
	await page.locator('cash-desk').evaluate((element) => element.scrollIntoView());
	await payment.getByRole('button', { name: say('action.close') }).click();
	await payment
		.getByRole('dialog', { name: say('action.cancel_question') })
		.getByRole('button', { name: say('action.cancel') })
		.click();
	await expect(payment.getByRole('heading', { level: 1 })).toHaveText('Payment canceled');
	await expectWebhook(page, 'rejected');
	await expect(page.locator('#events')).toContainText('cancel');
	await payment.getByRole('link', { name: /^Back to/ }).click();
	await page.waitForURL('**/demo/return?**');
	await expect(page.getByText('Your top-up was not paid')).toBeVisible();
	await page.getByRole('link', { name: 'Start again' }).click();
	await expect(page.getByRole('button', { name: 'Continue to payment' })).toBeVisible();
});

test('by the other name of the same machine', async ({ app, page }) => {
	const payment = await orderInFrame(page, app.origin.replace('localhost', '127.0.0.1'));
	await payBy(payment, cards.challenge);
	await bankFrame(payment).getByRole('button', { name: 'Approve' }).click();
	await expect(payment.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await expectWebhook(page, 'successful');
});

test('in a dialog', async ({ app, page }) => {
	await page.goto(`${app.origin}/demo?place=dialog&methods=card`);
	await page.getByRole('button', { name: 'Continue to payment' }).click();
	await page.getByRole('button', { name: 'Pay now' }).click();
	const payment = page.frameLocator('dialog[open] iframe');
	await payBy(payment, cards.approved);
	await expect(payment.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await expectWebhook(page, 'successful');
	await expect(page.locator('#events')).toContainText('success');
});

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled });

		test('on a page of its own', async ({ app, page }) => {
			await page.goto(`${app.origin}/demo?methods=card`);
			await page.getByRole('radio', { name: 'As its own page' }).check();
			await page.getByRole('button', { name: 'Continue to payment' }).click();
			await page.waitForURL('**/pay/**');
			await payBy(page, cards.approved);
			await page.getByRole('link', { name: /^Back to/ }).click();
			await page.waitForURL('**/demo/return?**');
			await expect(page.getByText('✓ signature verified')).toBeVisible();
		});
	});
}

test('what the API refuses is shown', async ({ app, page }) => {
	await page.goto(`${app.origin}/demo?amount=other&other=10%2C05`);
	await page.getByRole('button', { name: 'Continue to payment' }).click();
	await expect(page.getByText('Cashdesk refused this order')).toBeVisible();
	await expect(page.locator('#answer')).toContainText('request.amount');
});
