import { cardForm, cards, fillCard, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { postCardForm, readFormFields } from './post-form.ts';

const onlyOnce = [{ rule: 'approved', charges: 1, requests: 1 }];

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled });

		test('five fast clicks', async ({ page, shop, records }) => {
			const { reference, url } = await shop.order();
			await page.goto(url);
			await fillCard(page, cards.approved);
			await cardForm(page).pay.click({ clickCount: 5, delay: 0 });
			// A page without script that came too early looks again after five seconds.
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful', {
				timeout: 15_000
			});
			expect(records.paymentsOf(reference)).toMatchObject(onlyOnce);
		});

		test('Enter and click together', async ({ page, shop, records }) => {
			const { reference, url } = await shop.order();
			await page.goto(url);
			await fillCard(page, cards.approved);
			const place = await cardForm(page).pay.boundingBox();
			const middle = { x: (place?.x ?? 0) + 50, y: (place?.y ?? 0) + 20 };
			await cardForm(page).name.focus();
			await Promise.all([
				page.keyboard.press('Enter'),
				page.mouse.click(middle.x, middle.y),
				page.keyboard.press('Enter')
			]);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
			expect(records.paymentsOf(reference)).toMatchObject(onlyOnce);
		});

		test('two tabs at once, and one after the other', async ({ page, context, shop, records }) => {
			const { reference, url } = await shop.order();
			const [other, last] = [await context.newPage(), await context.newPage()];
			for (const tab of [page, other, last]) {
				await tab.goto(url);
				await fillCard(tab, cards.approved);
			}
			await Promise.all([page, other].map((tab) => cardForm(tab).pay.click()));
			// Without script a tab that waits looks again every five seconds.
			const limit = { timeout: 15_000 };
			for (const tab of [page, other]) {
				await expect(tab.locator('h1')).toHaveText('Payment successful', limit);
			}
			await cardForm(last).pay.click();
			await expect(last.locator('h1')).toHaveText('Payment successful', limit);
			expect(records.paymentsOf(reference)).toMatchObject(onlyOnce);
		});

		test('back and pay again', async ({ page, shop, records }) => {
			const { reference, url } = await shop.order();
			await page.goto(shop.origin);
			await page.goto(url);
			await payBy(page, cards.approved);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
			await page.goBack();
			await page.goForward();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
			await expect(cardForm(page).pay).toHaveCount(0);
			expect(records.paymentsOf(reference)).toMatchObject(onlyOnce);
		});
	});
}

test('a tab that is behind a declined try says so, and then pays', async ({
	page,
	context,
	shop,
	records
}) => {
	const { reference, url } = await shop.order();
	const behind = await context.newPage();
	await behind.goto(url);
	await page.goto(url);
	await payBy(page, cards.declined);
	await expect(page.getByRole('status')).toContainText('Payment declined');
	// Whether the tab has noticed or not, nothing is charged under the old form.
	const stale = await readFormFields(url);
	await payBy(page, cards.declined);
	await expect.poll(() => records.transactionOf(reference).tries).toBe(2);
	const location = await postCardForm(url, stale, cards.approved);
	expect(location).toContain('notice=stale');
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 0 }, { charges: 0 }]);
	await behind.goto(new URL(location, url).href);
	await expect(behind.getByRole('status')).toContainText('Nothing was charged');
	await payBy(behind, cards.approved);
	await expect(behind.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	expect(records.paymentsOf(reference).map(({ charges }) => charges)).toEqual([0, 0, 1]);
});

test('200 submissions of one form at the same time', async ({ page, shop, records }) => {
	const { reference, token, url } = await shop.order();
	const fields = await readFormFields(url);
	const locations = await Promise.all(
		Array.from({ length: 200 }, () => postCardForm(url, fields, cards.approved))
	);
	for (const location of locations) expect(location).toMatch(new RegExp(`^/pay/${token}`));
	expect(records.paymentsOf(reference)).toMatchObject(onlyOnce);
	expect(records.transactionOf(reference)).toMatchObject({ state: 'succeeded', tries: 1 });
	await page.goto(url);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
});

test('a double notification of the acquirer changes nothing', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.doubleNotice);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await expect.poll(() => shop.webhooksOf(reference).length).toBe(1);
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
});
