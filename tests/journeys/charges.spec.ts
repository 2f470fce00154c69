import type { Page } from '@playwright/test';
import { bankFrame, cards, chooseCard, fillCard, payBy } from './card-form.ts';
import { openChargesShop } from './charges-shop.ts';
import { expect, test } from './journey.ts';
import { looks, overhang, problemsOn } from './problems-on.ts';
import { say } from './say.ts';

const merchant = 'Pelican Books';
const inArabic = (key: Parameters<typeof say>[0], values: Record<string, string> = {}) =>
	say(key, values, 'ar');

/** A text as the page writes it, without the marks that only steer its direction. */
function plain(text: string): string {
	return text.replace(/[\u061c\u200e\u200f\u2066-\u2069]/g, '').replace(/\u00a0/g, ' ');
}

function expectHeading(page: Page, text: string): Promise<void> {
	return expect(page.getByRole('heading', { level: 1 })).toHaveText(text, { timeout: 15_000 });
}

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled });

		test('a charge is paid by card, and the shop hears before the payer is back', async ({
			page,
			app,
			shop
		}) => {
			const charges = await openChargesShop(app, shop);
			const {
				id,
				reference,
				transaction_url: url
			} = await charges.charge({
				amount: 2000,
				currency: 'USD'
			});
			await page.goto(url);
			await chooseCard(page);
			await expect(page.locator('#pay')).toHaveText('Pay $20.00');
			await payBy(page, cards.challenge);
			if (!javaScriptEnabled) {
				await page.getByRole('link', { name: say('action.continue') }).click();
			}
			const bank = javaScriptEnabled ? bankFrame(page) : page;
			await bank.getByRole('button', { name: 'Approve' }).click();
			await expectHeading(page, 'Payment successful');
			// The page leads on by itself.
			await page.waitForURL(`${shop.origin}/thanks?**`);
			charges.expectSignedReturn(page.url(), { charge_id: id, status: 'CAPTURED' });
			const [webhook] = shop.webhooksOf(reference);
			expect(charges.chargeOf(webhook)).toMatchObject({ id, status: 'CAPTURED' });
			expect(await charges.read(id)).toMatchObject({ status: 'CAPTURED', amount: 2000 });
		});

		test('in Arabic, 2,000 rials are written as people write them', async ({ page, app, shop }) => {
			const charges = await openChargesShop(app, shop);
			const { id, transaction_url: url } = await charges.charge({ locale: 'ar-YE' });
			await page.goto(url);
			await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
			expect(plain(await page.locator('.amount').first().innerText())).toBe('٢٬٠٠٠ ر.ي.');
			await page.getByRole('radio', { name: inArabic('method.card') }).check();
			await page.locator('#choose').click();
			expect(plain(await page.locator('#pay').innerText())).toBe('ادفع ٢٬٠٠٠ ر.ي.');
			await page.getByLabel(inArabic('card.number.label'), { exact: true }).fill(cards.approved);
			await page.getByLabel(inArabic('card.expiry.label'), { exact: true }).fill('١٢ / ٣٤');
			await page.getByLabel(inArabic('card.code.label'), { exact: true }).fill('١٢٣');
			await page.getByLabel(inArabic('card.name.label'), { exact: true }).fill('آدا لوفليس');
			await page.locator('#pay').click();
			await expectHeading(page, inArabic('result.succeeded.heading'));
			await expect(page.getByRole('status')).toContainText('٢٬٠٠٠');
			await page.locator('#back').click();
			await page.waitForURL(`${shop.origin}/thanks?**`);
			charges.expectSignedReturn(page.url(), { charge_id: id, status: 'CAPTURED' });
			expect(await charges.read(id)).toMatchObject({ amount: 2000, amount_decimal: '2000' });
		});

		test('a slow shop: its answer comes before its payer', async ({ page, app, shop }) => {
			const charges = await openChargesShop(app, shop);
			const { reference, transaction_url: url } = await charges.charge({
				post_url: `${shop.origin}/webhook?takes_ms=2000`
			});
			await page.goto(`${url}?locale=en`);
			await chooseCard(page);
			await payBy(page, cards.approved);
			await expectHeading(page, 'Payment successful');
			// Paid, and the way back is not there yet.
			await expect(page.getByText(say('result.telling', { merchant }))).toBeVisible();
			await expect(page.locator('#back')).toHaveCount(0);
			await expect(page.locator('#back')).toBeVisible({ timeout: 10_000 });
			await page.locator('#back').click();
			await page.waitForURL(`${shop.origin}/thanks?**`);
			const arrived = new URL(page.url()).search;
			const order = shop
				.served()
				.filter(({ text }) => text.includes(reference) || text.includes(arrived));
			expect(order.map(({ what }) => what)).toEqual(['webhook', 'page']);
		});

		test('a shop that is down delays its payer by 5 s at most', async ({ page, app, shop }) => {
			const charges = await openChargesShop(app, shop);
			const { transaction_url: url } = await charges.charge({
				// Nobody listens there.
				post_url: 'http://127.0.0.1:9/webhook'
			});
			await page.goto(`${url}?locale=en`);
			await chooseCard(page);
			await payBy(page, cards.approved);
			await expectHeading(page, 'Payment successful');
			const paidAt = Date.now();
			await expect(page.getByText(say('result.telling', { merchant }))).toBeVisible();
			await expect(page.locator('#back')).toBeVisible({ timeout: 10_000 });
			// What the browser needs to ask and to show comes on top.
			expect(Date.now() - paidAt).toBeLessThan(5000 + 3000);
			await page.waitForURL(`${shop.origin}/thanks?**`);
		});

		test('the shop cancels a charge that its payer looks at', async ({ page, app, shop }) => {
			const charges = await openChargesShop(app, shop);
			const { id, transaction_url: url } = await charges.charge();
			await page.goto(`${url}?locale=en`);
			await chooseCard(page);
			expect(await charges.cancel(id)).toMatchObject({ status: 'FAILED' });
			await fillCard(page, cards.approved);
			await page.locator('#pay').click();
			await expectHeading(page, 'Payment canceled');
			const why = say('result.canceled.by_merchant', { merchant });
			await expect(page.getByRole('status')).toContainText(why);
			await page.waitForURL(`${shop.origin}/thanks?**`);
			charges.expectSignedReturn(page.url(), { charge_id: id, status: 'FAILED' });
		});
	});
}

test('while the shop is told: every look', async ({ page, app, shop, records }) => {
	const charges = await openChargesShop(app, shop);
	const { reference, transaction_url: url } = await charges.charge({
		post_url: 'http://127.0.0.1:9/webhook'
	});
	await page.goto(`${url}?locale=en`);
	await chooseCard(page);
	await payBy(page, cards.approved);
	await expectHeading(page, 'Payment successful');
	// The page stays as it is while it gets no answer, however long a look takes.
	await page.route(/\/status/, () => undefined);
	await page.setViewportSize({ width: 320, height: 640 });
	for (const look of looks) {
		records.endedNow(reference);
		await page.goto(`${url}?${new URLSearchParams(look)}`);
		await expect(page.locator('.telling')).toBeVisible();
		expect(await problemsOn(page), JSON.stringify(look)).toEqual([]);
		expect(await overhang(page), JSON.stringify(look)).toBe(0);
	}
});

test('a frame around the page hears of the end when the shop has', async ({ page, app, shop }) => {
	const charges = await openChargesShop(app, shop);
	const { transaction_url: url } = await charges.charge({
		post_url: `${shop.origin}/webhook?takes_ms=2000`
	});
	const token = new URL(url).pathname.replace('/pay/', '');
	await page.goto(`${shop.origin}/embed?token=${token}`);
	const heard = page.evaluate(() => {
		const names = ['pending', 'success', 'redirect'];
		return new Promise<string[]>((resolve) => {
			const seen: string[] = [];
			for (const name of names) {
				document.addEventListener(`cashdesk:${name}`, (event) => {
					seen.push(name);
					if (name !== 'redirect') return;
					event.preventDefault();
					resolve(seen);
				});
			}
		});
	});
	const frame = page.frameLocator('cash-desk iframe');
	await chooseCard(frame);
	await payBy(frame, cards.approved);
	await expect(frame.getByText(say('result.telling', { merchant }))).toBeVisible();
	expect((await heard).slice(-3)).toEqual(['pending', 'success', 'redirect']);
});
