import { randomUUID } from 'node:crypto';
import { cardForm, cards, fillCard, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { say } from './say.ts';

const merchant = 'Pelican Books';
/** Crowns are moved as dollars (src/lib/server/demo). */
const inCrowns = { currency: 'SEK', amount: '1000.00' };

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled });

		test('a conversion is told before it is paid: both amounts, rate, source and day', async ({
			page,
			shop,
			records
		}) => {
			const { reference, url } = await shop.order(inCrowns);
			await page.goto(url);
			const table = page.getByRole('table', { name: say('terms.caption') });
			await expect(table.getByRole('row', { name: say('summary.amount') })).toContainText(
				'1,000.00'
			);
			await expect(table.getByRole('row', { name: say('terms.rate') })).toContainText(
				/1 SEK = 0\.\d+ USD, demo, [A-Z][a-z]{2} \d+, \d{4}/
			);
			const charged = table.getByRole('row', { name: say('terms.charged') });
			const [dollars = ''] = /\$\d+\.\d\d/.exec(await charged.innerText()) ?? [];
			await expect(cardForm(page).pay).toHaveText(`Pay ${dollars}`);
			await payBy(page, cards.approved);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
			await expect(page.getByText(dollars)).toBeVisible();
			const amount = Number(dollars.replace(/[$.]/g, ''));
			expect(records.paymentsOf(reference)).toMatchObject([{ amount, charges: 1 }]);
		});

		test('terms that nobody agreed to are shown again, and nothing is charged', async ({
			page,
			shop,
			records,
			faults
		}) => {
			faults.allow(/status of 422/);
			const { reference, url } = await shop.order(inCrowns);
			await page.goto(url);
			await fillCard(page, cards.approved);
			// As one that is older than 15 minutes, it holds no more.
			await spoilQuote(page);
			await cardForm(page).pay.click();
			await expect(page.getByRole('status')).toContainText('The terms have changed');
			await expect(page.getByText(say('card.retype'))).toBeVisible();
			await expect(cardForm(page).number).toHaveValue('');
			await expect(cardForm(page).name).toHaveValue('Ada Lovelace');
			expect(records.paymentsOf(reference)).toEqual([]);
			await payBy(page, cards.approved);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
			expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1 }]);
		});

		test('a limit is told before it is exceeded, and when it is free again', async ({
			page,
			shop
		}) => {
			const fields = { currency: 'HUF', amount: '100.00', user_id: randomUUID() };
			await page.goto((await shop.order({ ...fields, amount: '100.01' })).url);
			await expect(page.getByRole('status')).toContainText(/you can pay HUF\s100\.00 at most/);
			await page.goto((await shop.order(fields)).url);
			await payBy(page, cards.approved);
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
			await page.goto((await shop.order(fields)).url);
			await expect(page.getByRole('status')).toContainText(/Possible again from .* UTC/);
			await expect(cardForm(page).pay).toHaveCount(0);
		});

		test('who has to be verified first is told so', async ({ page, shop }) => {
			const customer = { kyc_status: 'failed' };
			await page.goto((await shop.order({ customer })).url);
			await expect(page.getByRole('status')).toContainText(
				say('method.because.not_verified', { merchant })
			);
			await expect(page.getByRole('button', { name: /^Cancel/ })).toBeVisible();
			await expect(cardForm(page).pay).toHaveCount(0);
		});
	});
}

/** A page's own scripts may be off; the test's hand reaches it all the same. */
async function spoilQuote(page: Parameters<typeof fillCard>[0]): Promise<void> {
	const quote = page.locator('input[name=quote]');
	await quote.evaluate((input: HTMLInputElement) => (input.value = `${input.value}x`));
}
