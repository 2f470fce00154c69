import type { Page } from '@playwright/test';
import { cards, chooseCard, payBy } from './card-form.ts';
import { openCheckoutShop } from './checkout-shop.ts';
import { expect, test } from './journey.ts';
import { say } from './say.ts';
import { bankOf, sendMoney, sendMoneyTo } from './send-money.ts';

const merchant = 'Pelican Books';
const DAY_MS = 86_400_000;
/** Longer than a transfer waits for its money. */
const LATE_MS = 30 * DAY_MS;

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled });

		test('a checkout is paid by card', async ({ page, app, shop }) => {
			const shopping = await openCheckoutShop(app, shop);
			const { id, reference, url } = await shopping.checkout();
			await page.goto(url);
			// The token is in the path, and the link's signature is gone from the address.
			expect(new URL(page.url()).search).toBe('');
			await chooseCard(page);
			await payBy(page, cards.approved);
			await expectHeading(page, 'Payment successful');
			await page.waitForURL(`${shop.origin}/thanks?**`);
			shopping.expectSignedReturn(page.url(), { id, status: 'CONFIRMED' });
			expect(shopping.eventsOf(reference).map(({ event }) => event)).toEqual(['payment.confirmed']);
			expect(await shopping.read(id)).toMatchObject({ status: 'CONFIRMED', receivedAmount: 1005 });
		});

		test('a checkout is paid by card, in Arabic', async ({ browser, app, shop }) => {
			const shopping = await openCheckoutShop(app, shop);
			const { id, url } = await shopping.checkout({ amount: 200_000, currencyCode: 'YER' });
			const context = await browser.newContext({ javaScriptEnabled, locale: 'ar-YE' });
			const page = await context.newPage();
			await page.goto(url);
			await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
			await page.getByRole('radio', { name: say('method.card', {}, 'ar') }).check();
			await page.locator('#choose').click();
			await page.locator('#number').fill(cards.approved);
			await page.locator('#expiry').fill('١٢ / ٣٤');
			await page.locator('#code').fill('١٢٣');
			await page.locator('#name').fill('آدا لوفليس');
			await page.locator('#pay').click();
			await expectHeading(page, say('result.succeeded.heading', {}, 'ar'));
			await page.locator('#back').click();
			await page.waitForURL(`${shop.origin}/thanks?**`);
			shopping.expectSignedReturn(page.url(), { id, status: 'CONFIRMED' });
			await context.close();
		});

		test('by transfer: exactly what is asked', async ({ page, app, shop }) => {
			const shopping = await openCheckoutShop(app, shop);
			const { id, reference, url } = await shopping.checkout();
			await toInstructions(page, url);
			await sendMoney(page, '10.05');
			await look(page, 'Payment successful', javaScriptEnabled);
			await page.waitForURL(`${shop.origin}/thanks?**`);
			shopping.expectSignedReturn(page.url(), { id, status: 'CONFIRMED' });
			expect(shopping.eventsOf(reference).at(-1)).toMatchObject({ event: 'payment.confirmed' });
		});

		test('by transfer: short, and the rest of it', async ({ page, app, shop }) => {
			const shopping = await openCheckoutShop(app, shop);
			const { id, reference, url } = await shopping.checkout();
			await toInstructions(page, url);
			await sendMoney(page, '4.00');
			await look(page, 'Transfer €6.05', javaScriptEnabled);
			await expect(page.getByText('€4.00 of €10.05 has arrived.')).toBeVisible();
			await expect(page.getByText(say('transfer.enough', { merchant }))).toHaveCount(0);
			expect(await shopping.read(id)).toMatchObject({ status: 'UNDERPAID', receivedAmount: 400 });
			await sendMoney(page, '6.05');
			await look(page, 'Payment successful', javaScriptEnabled);
			await expect
				.poll(() => shopping.eventsOf(reference).map(({ event }) => event))
				.toEqual(['payment.underpaid', 'payment.confirmed']);
		});

		test('by transfer: short, where that is taken', async ({ page, app, shop, records }) => {
			const shopping = await openCheckoutShop(app, shop, { allowUnderpay: true });
			const { id, reference, url } = await shopping.checkout();
			await toInstructions(page, url);
			await sendMoney(page, '4.00');
			await look(page, 'Transfer €6.05', javaScriptEnabled);
			await expect(page.getByText(say('transfer.enough', { merchant }))).toBeVisible();
			records.askNow(reference, LATE_MS);
			await look(page, 'Payment successful', javaScriptEnabled);
			const taken = { merchant, received: '€4.00', asked: '€10.05' };
			await expect(page.getByText(say('result.taken_short', taken))).toBeVisible();
			expect(await shopping.read(id)).toMatchObject({ status: 'CONFIRMED', receivedAmount: 400 });
		});

		test('by transfer: too much, which is to go back', async ({ page, app, shop }) => {
			const shopping = await openCheckoutShop(app, shop);
			const { id, url } = await shopping.checkout();
			await toInstructions(page, url);
			await sendMoney(page, '12.05');
			await look(page, 'Payment successful', javaScriptEnabled);
			const surplus = say('result.surplus', { amount: '€2.00', merchant });
			await expect(page.getByText(surplus)).toBeVisible();
			expect(await shopping.read(id)).toMatchObject({ status: 'OVERPAID', receivedAmount: 1205 });
		});

		test('by transfer: too much, where that is taken', async ({ page, app, shop }) => {
			const shopping = await openCheckoutShop(app, shop, { allowOverpay: true });
			const { id, url } = await shopping.checkout();
			await toInstructions(page, url);
			await sendMoney(page, '12.05');
			await look(page, 'Payment successful', javaScriptEnabled);
			await expect(page.getByText('You paid €12.05 to Pelican Books.')).toBeVisible();
			const taken = say('result.taken_over', { surplus: '€2.00', merchant });
			await expect(page.getByText(taken)).toBeVisible();
			expect(await shopping.read(id)).toMatchObject({ status: 'OVERPAID', receivedAmount: 1205 });
		});

		test('by transfer: too late', async ({ page, app, shop, records }) => {
			const shopping = await openCheckoutShop(app, shop);
			const { id, reference, url } = await shopping.checkout();
			await toInstructions(page, url);
			const bank = await bankOf(page);
			const address = page.url();
			records.endIn(reference, -1);
			records.askNow(reference, LATE_MS);
			await look(page, say('result.expired.heading'), javaScriptEnabled);
			await page.waitForURL(`${shop.origin}/thanks?**`);
			shopping.expectSignedReturn(page.url(), { id, status: 'EXPIRED' });
			await sendMoneyTo(bank, page, '10.05');
			await page.goto(address);
			await expectHeading(page, say('result.expired.heading'));
			expect(await shopping.read(id)).toMatchObject({ status: 'EXPIRED' });
		});
	});
}

test('a deadline is told in the payer’s time zone, which is named', async ({
	browser,
	app,
	shop
}) => {
	const shopping = await openCheckoutShop(app, shop);
	const { url } = await shopping.checkout();
	const context = await browser.newContext({ timezoneId: 'Asia/Aden', locale: 'en-GB' });
	const page = await context.newPage();
	await toInstructions(page, url);
	await expect(page.locator('time')).toHaveText(/ GMT\+3$/);
	await context.close();
});

async function toInstructions(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.getByRole('radio', { name: 'Bank transfer' }).check();
	await page.getByRole('button', { name: say('method.continue'), exact: true }).click();
	await page.getByRole('button', { name: say('transfer.continue') }).click();
	await expectHeading(page, 'Transfer €10.05');
}

function expectHeading(page: Page, text: string, timeout = 15_000): Promise<void> {
	return expect(page.getByRole('heading', { level: 1 })).toHaveText(text, { timeout });
}

/** With a script the page finds out by itself, without one the payer asks whether the money came. */
async function look(page: Page, heading: string, scripted: boolean): Promise<void> {
	if (scripted) return expectHeading(page, heading);
	await expect(async () => {
		await page.getByRole('link', { name: say('transfer.refresh') }).click();
		await expectHeading(page, heading, 500);
	}).toPass({ timeout: 15_000 });
}
