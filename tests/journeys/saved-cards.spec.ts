import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { cardForm, cards, fillCard } from './card-form.ts';
import { expect, test } from './journey.ts';
import { say } from './say.ts';

const name = say('method.kept', { brand: 'Visa', number: '•••• 4242', expiry: '12/34' });

async function pay(page: Page, keep: boolean): Promise<void> {
	await fillCard(page, cards.approved);
	const consent = page.getByRole('checkbox', { name: say('card.keep.label') });
	await expect(consent).not.toBeChecked();
	if (keep) await consent.check();
	await cardForm(page).pay.click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
}

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled });

		test('a card is kept with consent, offered first, pays with its code, and is removed', async ({
			page,
			shop,
			records,
			faults
		}) => {
			faults.allow(/status of 422/);
			const payer = { user_id: randomUUID() };
			await page.goto((await shop.order(payer)).url);
			await pay(page, true);

			const { reference, url } = await shop.order(payer);
			await page.goto(url);
			await expect(page.getByRole('radio', { name })).toBeChecked();
			await page.getByRole('button', { name: say('method.continue'), exact: true }).click();
			await expect(page.getByText(name)).toBeVisible();
			await expect(cardForm(page).number).toHaveCount(0);
			await cardForm(page).pay.click();
			await expect(cardForm(page).code).toHaveAccessibleDescription(
				new RegExp(say('card.code.problem.missing'))
			);
			await cardForm(page).code.fill('123');
			await cardForm(page).pay.click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
			await expect(page.getByText('Visa ending in 4242')).toBeVisible();
			expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);

			await page.goto((await shop.order(payer)).url);
			await page.getByRole('button', { name: say('method.remove_named', { name }) }).click();
			await expect(page.getByRole('status')).toContainText(say('notice.card_removed'));
			await expect(cardForm(page).number).toBeVisible();
			await page.goto((await shop.order(payer)).url);
			await expect(cardForm(page).number).toBeVisible();
		});
	});
}

test('without consent a card is not kept, and another payer never sees it', async ({
	page,
	shop
}) => {
	const [one, other] = [{ user_id: randomUUID() }, { user_id: randomUUID() }];
	await page.goto((await shop.order(one)).url);
	await pay(page, false);
	await page.goto((await shop.order(one)).url);
	await expect(cardForm(page).number).toBeVisible();
	await pay(page, true);
	await page.goto((await shop.order(other)).url);
	await expect(cardForm(page).number).toBeVisible();
});

test('another card can be used, by a link from the saved one’s form', async ({ page, shop }) => {
	const payer = { user_id: randomUUID() };
	await page.goto((await shop.order(payer)).url);
	await pay(page, true);
	await page.goto((await shop.order(payer)).url);
	await page.getByRole('button', { name: say('method.continue'), exact: true }).click();
	await page.getByRole('link', { name: say('method.other') }).click();
	await page.getByRole('radio', { name: say('method.another_card') }).check();
	await page.getByRole('button', { name: say('method.continue'), exact: true }).click();
	await pay(page, false);
});
