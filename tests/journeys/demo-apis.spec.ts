import type { Page } from '@playwright/test';
import { cards, chooseCard, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { overhang, problemsOn } from './problems-on.ts';

/** What the shop shows of each API, from its first request to the webhook. */
const shops = [
	{
		query: 'api=charges',
		button: 'Create the charge',
		access: '/v1/auth/token',
		asked: '"amount": 2500',
		answered: '"status": "INITIATED"',
		returned: 'charge_id=chg_',
		told: 'CAPTURED',
		proof: '✓ signature verified'
	},
	{
		query: 'api=checkout',
		button: 'Create the checkout',
		access: null,
		asked: 'Bearer cd_test_•••',
		answered: '"checkoutUrl"',
		returned: 'id=',
		told: 'payment.confirmed',
		proof: '✓ both signatures verified'
	},
	{
		query: 'api=checkout&credential=oauth',
		button: 'Create the checkout',
		access: '/oauth/token',
		asked: 'Bearer cda_test_•••',
		answered: '"checkoutUrl"',
		returned: 'id=',
		told: 'payment.confirmed',
		proof: '✓ both signatures verified'
	}
];

async function expectWebhook(page: Page, told: string, proof: string): Promise<void> {
	const webhook = page.locator('#webhooks li').filter({ hasText: told });
	await expect(webhook).toHaveCount(1, { timeout: 15_000 });
	await expect(webhook).toContainText(proof);
}

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled });

		for (const { query, button, access, asked, answered, returned, told, proof } of shops) {
			test(`${query}: ordered, paid by card, and back at the shop`, async ({ app, page }) => {
				await page.goto(`${app.origin}/demo?${query}`);
				await page.getByRole('button', { name: button }).click();
				await page.waitForURL('**/demo/orders/**');
				const token = page.locator('#access-answer');
				await expect(token).toHaveCount(access ? 1 : 0);
				if (access) {
					await expect(page.locator('#access-call')).toContainText(`${access} `);
					await expect(page.locator('#access-call')).toContainText(
						'"client_secret": "cds_test_•••"'
					);
					await expect(token).toContainText('"access_token": "cda_test_•••"');
				}
				await expect(page.locator('#call')).toContainText(asked);
				await expect(page.locator('#answer')).toContainText(answered);
				await page.getByRole('link', { name: 'Pay now' }).click();
				await page.waitForURL('**/pay/**');
				await chooseCard(page);
				await payBy(page, cards.approved);
				// The page leads on by itself, once the shop has heard.
				await page.waitForURL('**/demo/return?**');
				await expect(page.getByText('Thank you! Your account is topped up')).toBeVisible();
				await expect(page.getByLabel('The shop’s page')).toContainText('✓ signature verified');
				await expect(page.locator('#parameters')).toContainText(returned);
				// Told before the payer was sent back, so it is there without looking again.
				await expectWebhook(page, told, proof);
			});
		}
	});
}

test('the switch leads to each API, by mouse and by keyboard', async ({ app, page }) => {
	await page.goto(`${app.origin}/demo`);
	const apis = page.getByRole('navigation', { name: 'API' });
	await expect(apis.getByRole('link', { name: 'Cashier' })).toHaveAttribute('aria-current', 'page');
	await apis.getByRole('link', { name: 'Charges' }).click();
	await expect(page.locator('#preview')).toContainText('/v1/charges');
	await expect(page.getByRole('navigation', { name: 'What to try' })).toHaveCount(0);
	await apis.getByRole('link', { name: 'Charges' }).focus();
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(page.locator('#preview')).toContainText('/api/payment/checkout');
	await apis.getByRole('link', { name: 'Cashier' }).click();
	await expect(page.locator('#preview')).toContainText('/api/v1/cashier');
});

test('the calls that are shown follow the form', async ({ app, page }) => {
	await page.goto(`${app.origin}/demo?api=charges`);
	await page.getByRole('radio', { name: '2,000' }).check();
	await page.getByRole('radio', { name: 'YER' }).check();
	await page.getByRole('radio', { name: 'العربية' }).check();
	const preview = page.locator('#preview');
	await expect(preview).toContainText('"amount": 2000');
	await expect(preview).toContainText('"locale": "ar"');
	await expect(preview).toContainText(app.demo.charges.client_id);
	await expect(preview).not.toContainText(app.demo.charges.client_secret);
	await page.goto(`${app.origin}/demo?api=checkout`);
	await expect(preview).toContainText(app.demo.checkout.application_client_id);
	await expect(preview).not.toContainText('/oauth/token');
	await page.getByRole('radio', { name: 'An OAuth2 client' }).check();
	await expect(preview).toContainText('/oauth/token');
});

test('rials on an Arabic page', async ({ app, page }) => {
	await page.goto(`${app.origin}/demo?api=charges&amount=2000&currency=YER&locale=ar`);
	await page.getByRole('button', { name: 'Create the charge' }).click();
	await expect(page.locator('#answer')).toContainText('"amount_decimal": "2000"');
	await page.getByRole('link', { name: 'Pay now' }).click();
	await page.waitForURL('**/pay/**');
	await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
	await expect(page.locator('html')).toHaveAttribute('lang', /^ar/);
});

for (const api of ['charges', 'checkout']) {
	test(`what ${api} refuses is shown`, async ({ app, page }) => {
		await page.goto(`${app.origin}/demo?api=${api}&amount=other&other=10%2C05`);
		await page.locator('[data-order-form] button').click();
		await expect(page.getByText('Cashdesk refused this order')).toBeVisible();
		await expect(page.locator('#answer')).toContainText('amount');
	});
}

test('a changed return address is not believed', async ({ app, page }) => {
	await page.goto(`${app.origin}/demo/return?charge_id=chg_1&status=CAPTURED&signature=00`);
	await expect(page.getByText('✕ signature refused')).toBeVisible();
	await page.goto(`${app.origin}/demo/return?id=1&status=CONFIRMED&signature=00`);
	await expect(page.getByText('This address is not from Cashdesk')).toBeVisible();
});

for (const api of ['charges', 'checkout']) {
	test(`the shop of ${api} and its order are for everyone`, async ({ app, page }) => {
		await page.setViewportSize({ width: 320, height: 640 });
		const expectFine = async () => {
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme });
				expect(await problemsOn(page), colorScheme).toEqual([]);
			}
			expect(await overhang(page)).toBe(0);
		};
		await page.goto(`${app.origin}/demo?api=${api}&credential=oauth&currency=YER`);
		await expectFine();
		await page.locator('[data-order-form] button').click();
		await page.waitForURL('**/demo/orders/**');
		await expectFine();
	});
}
