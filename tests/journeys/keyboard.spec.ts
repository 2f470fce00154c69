import type { Locator, Page } from '@playwright/test';
import { bankFrame, cardForm, cards } from './card-form.ts';
import { expect, test } from './journey.ts';
import { say } from './say.ts';

const merchant = 'Pelican Books';
/** More stops than any page has before what is looked for. */
const mostStops = 12;

/** Presses Tab until the focus is there; fails when it never comes. */
async function tabTo(page: Page, goal: Locator): Promise<void> {
	await expect(goal).toBeVisible();
	for (let stops = 0; stops < mostStops; stops++) {
		await page.keyboard.press('Tab');
		if (await goal.evaluate((element) => element.matches(':focus'))) return;
	}
	throw new Error(`Tab does not lead to ${goal}`);
}

async function typeCard(page: Page, number: string): Promise<void> {
	const form = cardForm(page);
	await tabTo(page, form.number);
	await page.keyboard.type(number.replaceAll(' ', ''));
	await expect(form.number).toHaveValue(number);
	// The focus never jumps by itself.
	await expect(form.number).toBeFocused();
	await page.keyboard.press('Tab');
	await page.keyboard.type('1234');
	await expect(form.expiry).toHaveValue('12 / 34');
	await page.keyboard.press('Tab');
	await page.keyboard.type('123');
	await page.keyboard.press('Tab');
	await page.keyboard.type('Ada Lovelace');
	await expect(form.name).toHaveValue('Ada Lovelace');
}

test('a card, 3-D Secure and back, by Tab, Enter and typing alone', async ({
	page,
	shop,
	records
}) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await typeCard(page, cards.challenge);
	await page.keyboard.press('Enter');
	await tabTo(page, bankFrame(page).getByRole('button', { name: 'Approve' }));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await tabTo(page, page.getByRole('link', { name: say('result.back', { merchant }) }));
	await page.keyboard.press('Enter');
	await page.waitForURL(`${shop.origin}/thanks?**`);
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
});

test('the pay button is reached and pressed with the space bar', async ({ page, shop }) => {
	const { url } = await shop.order();
	await page.goto(url);
	await typeCard(page, cards.approved);
	await page.keyboard.press('Tab');
	await expect(page.getByRole('checkbox', { name: say('card.keep.label') })).toBeFocused();
	await page.keyboard.press('Tab');
	await expect(cardForm(page).pay).toBeFocused();
	await page.keyboard.press('Space');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
});

test('the first faulty field is focused, and says what is wrong', async ({ page, shop }) => {
	const { url } = await shop.order();
	await page.goto(url);
	const form = cardForm(page);
	await tabTo(page, form.number);
	await page.keyboard.press('Enter');
	await expect(form.number).toBeFocused();
	await expect(form.number).toHaveAccessibleDescription(
		new RegExp(say('card.number.problem.missing'))
	);
	await page.keyboard.type('4242424242424242');
	await page.keyboard.press('Enter');
	await expect(form.expiry).toBeFocused();
	await expect(form.number).not.toHaveAttribute('aria-invalid');
});

test('the dialog is left, and the question answered', async ({ page, shop }) => {
	const { url } = await shop.order();
	await page.goto(url);
	await typeCard(page, cards.challenge);
	await page.keyboard.press('Enter');
	await tabTo(page, page.getByRole('button', { name: say('action.close') }));
	await page.keyboard.press('Enter');
	const question = page.getByRole('dialog', { name: say('action.cancel_question') });
	await expect(question.getByRole('button', { name: say('action.keep') })).toBeFocused();
	await page.keyboard.press('Tab');
	await expect(question.getByRole('button', { name: say('action.cancel') })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment canceled');
});

test('every stop of Tab can be seen', async ({ page, shop }) => {
	const { url } = await shop.order();
	await page.goto(url);
	const stops = page.locator('input:not([type=hidden]), button:visible, a:visible, summary');
	const count = await stops.count();
	expect(count).toBeGreaterThanOrEqual(6);
	for (let at = 0; at < count; at++) {
		const stop = stops.nth(at);
		const before = await looksOf(stop);
		await tabTo(page, stop);
		expect(await looksOf(stop), `focus on ${await stop.innerText()}`).not.toEqual(before);
		await page.keyboard.press('Escape');
	}
});

function looksOf(stop: Locator): Promise<string[]> {
	return stop.evaluate((element) => {
		const { outlineStyle, outlineColor, boxShadow, borderColor } = getComputedStyle(element);
		return [outlineStyle, outlineColor, boxShadow, borderColor];
	});
}
