import type { Page } from '@playwright/test';
import { cardForm, cards, chooseCard, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { pageStates, showState } from './page-states.ts';
import { overhang } from './problems-on.ts';

test.beforeEach(({ faults }) => faults.allow(/status of 422/));

for (const [name, state] of Object.entries(pageStates)) {
	test(`320 px, and text of twice the size: ${name}`, async ({ page, shop, records }) => {
		const order = await shop.order(state.fields);
		await state.reach?.({ page, shop, records }, order);
		for (const locale of ['en', 'ar'] as const) {
			await page.setViewportSize({ width: 320, height: 640 });
			await showState(page, state, order.url, { locale, theme: 'light' });
			expect(await overhang(page), `${locale}, 320 px`).toBe(0);
			await page.setViewportSize({ width: 390, height: 780 });
			await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
			expect(await overhang(page), `${locale}, large text`).toBe(0);
		}
	});
}

for (const path of [
	'/',
	'/demo',
	'/demo?way=card',
	'/docs',
	'/docs/cashier',
	'/docs/charges',
	'/docs/checkout',
	'/docs/going-live',
	'/docs/reference',
	'/docs/routing',
	'/docs/testing',
	'/docs/webhooks',
	'/simulator',
	'/pay/unknown'
]) {
	test(`320 px: ${path}`, async ({ page, app, faults }) => {
		faults.allow(/status of 404/);
		await page.setViewportSize({ width: 320, height: 640 });
		await page.goto(app.origin + path);
		expect(await overhang(page)).toBe(0);
	});
}

test("320 px: the demo's order and the bank's page", async ({ page, app }) => {
	await page.setViewportSize({ width: 320, height: 640 });
	await page.goto(`${app.origin}/demo`);
	await page.getByRole('button', { name: 'Continue to payment' }).click();
	const payment = page.frameLocator('cash-desk iframe');
	await chooseCard(payment);
	await payBy(payment, cards.challenge);
	const bank = payment.frameLocator('#bank');
	await expect(bank.getByRole('button', { name: 'Approve' })).toBeVisible();
	expect(await overhang(page)).toBe(0);
	await page.goto(await bank.locator('html').evaluate(() => location.href));
	expect(await overhang(page)).toBe(0);
});

test('zoomed to 200 %, everything is still there', async ({ page, shop }) => {
	// A window of 1280 × 720 has 640 × 360 CSS pixels then.
	await page.setViewportSize({ width: 640, height: 360 });
	const { url } = await shop.order();
	await page.goto(url);
	expect(await overhang(page)).toBe(0);
	await payBy(page, cards.challenge);
	const bank = page.frameLocator('#bank');
	await bank.getByRole('button', { name: 'Approve' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	expect(await overhang(page)).toBe(0);
});

test('who wants less motion sees none', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.approved);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await records.undecide(reference);
	await page.goto(url);
	const moving = () => page.evaluate(() => document.getAnimations().length);
	await expect.poll(moving).toBeGreaterThan(0);
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await expect.poll(moving).toBe(0);
});

test('in forced colours fields, buttons and the focus can be seen', async ({ page, shop }) => {
	const { url } = await shop.order();
	await page.emulateMedia({ forcedColors: 'active' });
	await page.setViewportSize({ width: 1280, height: 1024 });
	await page.goto(url);
	const { number, pay } = cardForm(page);
	for (const control of [number, pay]) {
		const border = await control.evaluate((element) => {
			const { borderTopStyle, borderTopWidth } = getComputedStyle(element);
			return `${borderTopWidth} ${borderTopStyle}`;
		});
		expect(border).toBe('1px solid');
		const before = await pictureAround(page, control);
		await control.focus();
		expect((await pictureAround(page, control)).equals(before)).toBe(false);
		await control.blur();
		expect((await pictureAround(page, control)).equals(before)).toBe(true);
	}
});

/** A picture of a control with the room that its outline takes. */
async function pictureAround(page: Page, control: ReturnType<Page['locator']>): Promise<Buffer> {
	const box = await control.boundingBox();
	if (!box) throw new Error('It is not there');
	const clip = { x: box.x - 8, y: box.y - 8, width: box.width + 16, height: box.height + 16 };
	return page.screenshot({ clip, animations: 'disabled' });
}
