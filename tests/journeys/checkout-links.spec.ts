import { openCheckoutShop } from './checkout-shop.ts';
import { expect, test } from './journey.ts';
import { looks, overhang, problemsOn } from './problems-on.ts';
import { say } from './say.ts';

const merchant = 'Pelican Books';

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled });

		test('a link with a changed byte is refused', async ({ page, app, shop, faults }) => {
			faults.allow(/status of 403/);
			const shopping = await openCheckoutShop(app, shop);
			const { id, url } = await shopping.checkout();
			const changed = [
				url.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
				url.replace(id, (await shopping.checkout()).id),
				url.replace(/expires=\d/, 'expires=9')
			];
			for (const address of changed) {
				expect((await page.goto(address))?.status()).toBe(403);
				await expect(page.locator('h1')).toHaveText(say('link.changed.heading'));
				await expect(page.getByText(merchant)).toHaveCount(0);
			}
			expect((await page.goto(url))?.status()).toBe(200);
		});

		test('an expired link says so and leads back', async ({ page, app, shop, faults }) => {
			faults.allow(/status of 410/);
			const shopping = await openCheckoutShop(app, shop);
			const { id } = await shopping.checkout();
			expect((await page.goto(shopping.expiredLink(id)))?.status()).toBe(410);
			await expect(page.locator('h1')).toHaveText(say('link.expired.heading'));
			await page.getByRole('link', { name: say('result.back', { merchant }) }).click();
			await page.waitForURL(`${shop.origin}/thanks?**`);
			shopping.expectSignedReturn(page.url(), { id, status: 'PENDING' });
		});
	});
}

test('a link that leads nowhere: every look', async ({ page, app, shop, faults }) => {
	faults.allow(/status of 4(03|10)/);
	const shopping = await openCheckoutShop(app, shop);
	const { id, url } = await shopping.checkout();
	await page.setViewportSize({ width: 320, height: 640 });
	for (const { locale, theme } of looks) {
		await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
		for (const address of [url.replace('expires=', 'expires=1'), shopping.expiredLink(id)]) {
			await page.goto(`${address}&locale=${locale}`);
			await expect(page.locator('h1')).toBeVisible();
			await expect(page.locator('html')).toHaveAttribute('dir', locale === 'ar' ? 'rtl' : 'ltr');
			expect(await problemsOn(page), `${locale} ${theme}`).toEqual([]);
			expect(await overhang(page), `${locale} ${theme}`).toBe(0);
		}
	}
});
