import type { Page } from '@playwright/test';
import { bankFrame, cardForm, cards, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { say } from './say.ts';
import type { Shop } from './shop.ts';

const merchant = 'Pelican Books';

/** Pays with a card whose bank asks, and waits until it does. */
async function reachChallenge(page: Page, shop: Shop): Promise<{ reference: string; url: string }> {
	const order = await shop.order();
	await page.goto(order.url);
	await payBy(page, cards.challenge);
	await expect(answerOf(page, 'Approve')).toBeVisible();
	return order;
}

function answerOf(page: Page, name: string) {
	return bankFrame(page).getByRole('button', { name, exact: true });
}

test('approved: the payment succeeds', async ({ page, shop, records }) => {
	const { reference } = await reachChallenge(page, shop);
	expect(records.paymentsOf(reference)).toMatchObject([{ state: 'challenge', charges: 0 }]);
	await answerOf(page, 'Approve').click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await expect(page.locator('iframe')).toHaveCount(0);
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
});

for (const { answer, why } of [
	{ answer: 'Fail', why: 'declined.authentication_failed.what' },
	{ answer: 'Cancel', why: 'declined.authentication_canceled.what' }
] as const) {
	test(`${answer}: it is explained, and another card pays`, async ({ page, shop, records }) => {
		const { reference } = await reachChallenge(page, shop);
		await answerOf(page, answer).click();
		await expect(page.getByRole('status')).toContainText(say(why));
		await payBy(page, cards.approved);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
		expect(records.paymentsOf(reference)).toMatchObject([{ charges: 0 }, { charges: 1 }]);
	});
}

test('never answered: closing asks first, then cancels', async ({ page, shop, records }) => {
	const { reference } = await reachChallenge(page, shop);
	await answerOf(page, 'Never answer').click();
	await expect(bankFrame(page).getByText('The bank does not answer')).toBeVisible();
	const question = page.getByRole('dialog', { name: say('action.cancel_question') });
	await page.getByRole('button', { name: say('action.close') }).click();
	await question.getByRole('button', { name: say('action.keep') }).click();
	await expect(question).toBeHidden();
	await expect(bankFrame(page).getByText('The bank does not answer')).toBeVisible();
	await page.getByRole('button', { name: say('action.close') }).click();
	await question.getByRole('button', { name: say('action.cancel') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment canceled');
	await expect(page.getByRole('link', { name: say('result.back', { merchant }) })).toBeVisible();
	expect(records.paymentsOf(reference)).toMatchObject([{ state: 'canceled', charges: 0 }]);
});

test('Escape asks before it cancels; who insists can come back', async ({
	page,
	shop,
	records
}) => {
	const { reference } = await reachChallenge(page, shop);
	const question = page.getByRole('dialog', { name: say('action.cancel_question') });
	await page.getByRole('button', { name: say('action.close') }).focus();
	await page.keyboard.press('Escape');
	await expect(question).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(question).toBeHidden();
	// Browsers let no page hold back Escape for ever.
	await expect(async () => {
		await page.keyboard.press('Escape');
		await expect(page.locator('dialog[open]')).toHaveCount(0, { timeout: 200 });
	}).toPass();
	await page.getByRole('link', { name: say('action.continue') }).click();
	await answerOf(page, 'Approve').click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1 }]);
});

test('never answered: when the time is over another card pays', async ({ page, shop, records }) => {
	const { reference } = await reachChallenge(page, shop);
	await answerOf(page, 'Never answer').click();
	await expect(bankFrame(page).getByText('The bank does not answer')).toBeVisible();
	records.askNow(reference, 11 * 60_000);
	// The page learns of it by itself, with the dialog open.
	await expect(page.getByRole('status')).toContainText(say('declined.authentication_timeout.what'));
	await payBy(page, cards.approved);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	expect(records.paymentsOf(reference)).toMatchObject([
		{ state: 'canceled', charges: 0 },
		{ charges: 1 }
	]);
});

test('left and opened again: the bank still asks', async ({ page, shop, records }) => {
	const { reference, url } = await reachChallenge(page, shop);
	await page.goto(shop.origin);
	await page.goto(url);
	await expect(page.getByRole('dialog')).toBeVisible();
	await answerOf(page, 'Approve').click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
});

test('answered on the bank’s own page', async ({ page, shop, records }) => {
	const { reference } = await reachChallenge(page, shop);
	await page.getByRole('link', { name: say('action.not_shown') }).click();
	await page.waitForURL('**/simulator/challenge/**');
	await page.getByRole('button', { name: 'Approve' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1 }]);
});

test('answered elsewhere: the page learns it by itself', async ({ page, shop, context }) => {
	await reachChallenge(page, shop);
	const bank = page.frames().find((frame) => frame.url().includes('/simulator/challenge/'));
	const elsewhere = await context.newPage();
	await elsewhere.goto(String(bank?.url()));
	await elsewhere.getByRole('button', { name: 'Approve' }).click();
	await page.bringToFront();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
});

test('the payment can be canceled beside the dialog', async ({ page, shop }) => {
	const { url } = await reachChallenge(page, shop);
	await page.evaluate(() => {
		for (const dialog of document.querySelectorAll('dialog')) dialog.close();
	});
	await page.getByRole('button', { name: say('action.cancel') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment canceled');
	await page.goto(url);
	await expect(cardForm(page).pay).toHaveCount(0);
});

test('the dialog gives the bank its room, and all of a phone’s screen', async ({ page, shop }) => {
	await page.setViewportSize({ width: 1280, height: 900 });
	const { url } = await reachChallenge(page, shop);
	const roomy = await page.locator('dialog[open] iframe').boundingBox();
	expect(roomy?.width).toBeGreaterThanOrEqual(390);
	expect(roomy?.height).toBeGreaterThanOrEqual(400);
	await page.setViewportSize({ width: 390, height: 780 });
	await page.goto(url);
	await expect(page.locator('dialog[open] iframe')).toBeVisible();
	const dialog = await page.locator('dialog[open]').boundingBox();
	expect(dialog).toEqual({ x: 0, y: 0, width: 390, height: 780 });
	const frame = await page.locator('dialog[open] iframe').boundingBox();
	expect(frame?.width).toBe(390);
	expect(frame?.height).toBeGreaterThanOrEqual(400);
});
