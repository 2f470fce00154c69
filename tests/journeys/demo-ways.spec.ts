import type { FrameLocator, Page } from '@playwright/test';
import { bankFrame, cards, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { accounts } from './payouts.ts';
import { say } from './say.ts';

/** Continues from the shop with what its address chooses; the payment page is in the frame. */
async function order(page: Page, origin: string, query: string): Promise<FrameLocator> {
	await page.goto(`${origin}/demo?${query}`);
	await page.locator('[data-order-form] button').click();
	await page.waitForURL('**/demo/orders/**');
	return page.frameLocator('cash-desk iframe');
}

async function expectWebhooks(page: Page, statuses: string[]): Promise<void> {
	const webhooks = page.locator('#webhooks li');
	await expect(webhooks).toHaveCount(statuses.length, { timeout: 15_000 });
	for (const [index, status] of statuses.entries()) {
		await expect(webhooks.nth(index)).toContainText(status);
		await expect(webhooks.nth(index)).toContainText('✓ both signatures verified');
	}
}

test('by every method: the wallet, its fee, and back', async ({ app, page }) => {
	await page.goto(`${app.origin}/demo?place=page`);
	await page.getByRole('button', { name: 'Continue to payment' }).click();
	await page.waitForURL('**/pay/**');
	await page.getByRole('radio', { name: 'Pebble Wallet' }).check();
	await page.getByRole('button', { name: say('method.continue') }).click();
	await expect(page.getByRole('row', { name: /Total/ })).toContainText('€25.68');
	await page.getByRole('button', { name: /Pebble Wallet/ }).click();
	await page.getByRole('button', { name: 'Pay', exact: true }).click();
	await page.getByRole('link', { name: /^Back to/ }).click();
	await page.waitForURL('**/demo/return?**');
	await expect(page.getByText('Thank you! Your account is topped up')).toBeVisible();
	await expectWebhooks(page, ['successful']);
});

test('francs are charged in dollars, and the page says so', async ({ app, page }) => {
	const payment = await order(page, app.origin, 'methods=card&currency=CHF');
	await expect(payment.getByText('1 CHF = 1.1236 USD', { exact: false })).toBeVisible();
	await payBy(payment, cards.approved);
	await expect(payment.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await expectWebhooks(page, ['successful']);
});

test('a card that is kept is offered to the same reader, and to nobody else', async ({
	app,
	page
}) => {
	const asOmar = 'methods=card&reader=reader-2077';
	const first = await order(page, app.origin, asOmar);
	await first.getByLabel(say('card.keep.label')).check();
	await payBy(first, cards.approved);
	await expect(first.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	const again = await order(page, app.origin, asOmar);
	await expect(again.getByRole('radio', { name: /•••• 4242/ })).toBeVisible();
	const other = await order(page, app.origin, 'methods=card');
	await expect(other.getByLabel('Card number', { exact: true })).toBeVisible();
});

for (const { verb, heading, webhooks } of [
	{ verb: 'Approve', heading: 'successful', webhooks: ['successful', 'pending'] },
	{ verb: 'Reject', heading: 'rejected', webhooks: ['rejected', 'pending'] }
]) {
	test(`a payout is asked for, and the shop decides: ${verb}`, async ({ app, page }) => {
		const payout = await order(page, app.origin, 'way=withdrawal&amount=60.00&reader=new');
		await payout.getByRole('radio', { name: /bank/i }).check();
		await payout.getByRole('button', { name: say('method.continue') }).click();
		await payout.locator('#iban').fill(accounts.paid);
		await payout.locator('#continue').click();
		// Too early: nobody has asked for anything.
		await page.getByRole('button', { name: 'Reject', exact: true }).click();
		await expect(page.locator('#decision-1-answer')).toContainText('not_requested');
		const asked = page.frameLocator('cash-desk iframe');
		await asked.getByRole('radio', { name: /bank/i }).check();
		await asked.getByRole('button', { name: say('method.continue') }).click();
		await asked.locator('#iban').fill(accounts.paid);
		await asked.locator('#continue').click();
		await asked.locator('#confirm').click();
		await expectWebhooks(page, ['pending']);
		await page.getByRole('button', { name: verb, exact: true }).click();
		await expect(page.locator('#decision-2-call')).toContainText('transaction_id');
		await expectWebhooks(page, webhooks);
		await expect(page.locator('#webhooks li').first()).toContainText(heading);
	});
}

test('the shop’s own card form: approved at once', async ({ app, page }) => {
	await order(page, app.origin, 'way=card');
	await expect(page.getByText('Thank you! Your account is topped up')).toBeVisible();
	await expect(page.locator('#answer')).toContainText('"url": ""');
	await expect(page.locator('#call')).not.toContainText('4242');
	await expectWebhooks(page, ['successful']);
});

test('the shop’s own card form: 3-D Secure, and back at the shop', async ({ app, page }) => {
	await order(page, app.origin, 'way=card&card=4000+0000+0000+3220');
	await page.getByRole('link', { name: 'Continue to your bank' }).click();
	await bankFrame(page).getByRole('button', { name: 'Approve' }).click();
	await page.waitForURL('**/demo/return?**');
	await expect(page.getByText('✓ signature verified')).toBeVisible();
	await expect(page.getByText('Thank you! Your account is topped up')).toBeVisible();
	await expectWebhooks(page, ['successful']);
});

test('the shop’s own card form: the first account declines, the second pays', async ({
	app,
	page,
	records
}) => {
	await order(page, app.origin, 'way=card&rules=cascade');
	await expect(page.getByText('Thank you! Your account is topped up')).toBeVisible();
	const reference = new URL(page.url()).pathname.split('/').pop() ?? '';
	expect(records.paymentsOf(reference)).toMatchObject([
		{ rule: 'moody', charges: 0 },
		{ rule: 'approved', charges: 1 }
	]);
});

test('the shop’s own card form: what the API refuses, and what the bank does', async ({
	app,
	page
}) => {
	await order(page, app.origin, 'way=card&card=4242+4242+4242+4241');
	await expect(page.getByText('Cashdesk refused this order')).toBeVisible();
	await expect(page.locator('#answer')).toContainText('card_details.card_number');
	await order(page, app.origin, 'way=card&card=4000+0000+0000+9995');
	await expect(page.getByText('Your top-up was not paid')).toBeVisible();
	await expect(page.locator('#answer')).toContainText('"error"');
	await expectWebhooks(page, ['rejected']);
});

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled });

		test('straight to the wallet, past the cashier', async ({ app, page }) => {
			await order(page, app.origin, 'way=wallet');
			await page.getByRole('link', { name: 'Continue to Pebble Wallet' }).click();
			await page.getByRole('button', { name: 'Pay', exact: true }).click();
			await page.waitForURL('**/demo/return?**');
			await expect(page.getByText('✓ signature verified')).toBeVisible();
		});
	});
}

test('the call that is shown follows the form', async ({ app, page }) => {
	await page.goto(`${app.origin}/demo?way=card`);
	await page.getByRole('radio', { name: 'First account declines' }).check();
	await page.getByRole('radio', { name: '4000 0000 0000 3220' }).check();
	const { routing_id } = app.demo.cashier;
	await expect(page.locator('#preview')).toContainText(`"routing_id": ${routing_id}`);
	await expect(page.locator('#preview')).toContainText('4000000000003220');
});
