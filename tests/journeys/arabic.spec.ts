import type { Page } from '@playwright/test';
import { cards } from './card-form.ts';
import { expect, test } from './journey.ts';
import { say } from './say.ts';

const merchant = 'Pelican Books';
const inArabic = (key: Parameters<typeof say>[0], values: Record<string, string> = {}) =>
	say(key, values, 'ar');

function arabicForm(page: Page) {
	return {
		number: page.getByLabel(inArabic('card.number.label'), { exact: true }),
		expiry: page.getByLabel(inArabic('card.expiry.label'), { exact: true }),
		code: page.getByLabel(inArabic('card.code.label'), { exact: true }),
		name: page.getByLabel(inArabic('card.name.label'), { exact: true }),
		pay: page.locator('#pay')
	};
}

async function payInArabic(page: Page, number: string): Promise<void> {
	const form = arabicForm(page);
	await form.number.fill(number);
	// As a payer with an Arabic keyboard types it.
	await form.expiry.fill('١٢ / ٣٤');
	await form.code.fill('١٢٣');
	await form.name.fill('آدا لوفليس');
	await form.pay.click();
}

/** A text as the page writes it, without the marks that only steer its direction. */
async function textOf(page: Page, selector: string): Promise<string> {
	return plain(await page.locator(selector).first().innerText());
}

function plain(text: string): string {
	return text.replace(/[\u061c\u200e\u200f\u2066-\u2069]/g, '').replace(/\u00a0/g, ' ');
}

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled });

		test('a card, 3-D Secure and the result', async ({ page, shop, records }) => {
			const { reference, url } = await shop.order({ settings: { locale: 'ar' } });
			await page.goto(url);
			await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
			await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
			expect(plain(await page.title())).toBe(inArabic('title.pay', { merchant }));
			expect(await textOf(page, '#pay')).toBe('ادفع ١٠٫٠٥ €');
			await payInArabic(page, cards.challenge);
			await expect(page).toHaveTitle(inArabic('title.action'));
			await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
			const bank = javaScriptEnabled
				? page.getByRole('dialog', { name: inArabic('action.dialog') }).frameLocator('iframe')
				: page;
			if (!javaScriptEnabled) {
				await page.getByRole('link', { name: inArabic('action.continue') }).click();
			}
			await bank.locator('button[value=approve]').click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(
				inArabic('result.succeeded.heading')
			);
			expect(await textOf(page, 'dd')).toBe('١٠٫٠٥ €');
			expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
			expect(await textOf(page, '#back')).toBe(inArabic('result.back', { merchant }));
			await page.locator('#back').click();
			await page.waitForURL(`${shop.origin}/thanks?**`);
		});
	});
}

test('the page runs from right to left, numbers from left to right', async ({ page, shop }) => {
	const { url } = await shop.order({ settings: { locale: 'ar' } });
	await page.goto(url);
	const form = arabicForm(page);
	for (const field of [form.number, form.expiry, form.code]) {
		await expect(field).toHaveCSS('direction', 'ltr');
	}
	await expect(form.name).toHaveCSS('direction', 'rtl');
	const [expiry, code] = [await form.expiry.boundingBox(), await form.code.boundingBox()];
	expect(expiry?.x).toBeGreaterThan(code?.x ?? Infinity);
	await form.number.pressSequentially('٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢');
	await expect(form.number).toHaveValue('4242 4242 4242 4242');
});

test('problems and declines are told in Arabic', async ({ page, shop }) => {
	const { url } = await shop.order({ settings: { locale: 'ar' } });
	await page.goto(url);
	await arabicForm(page).pay.click();
	for (const name of ['number', 'expiry', 'code', 'name'] as const) {
		await expect(arabicForm(page)[name]).toHaveAccessibleDescription(
			new RegExp(inArabic(`card.${name}.problem.missing`))
		);
	}
	await expect(arabicForm(page).number).toBeFocused();
	await payInArabic(page, cards.insufficientFunds);
	await expect(page.getByRole('status')).toContainText(
		inArabic('declined.insufficient_funds.what')
	);
});

test('the browser’s language decides where the merchant says nothing', async ({
	browser,
	shop
}) => {
	const { url } = await shop.order();
	const context = await browser.newContext({ locale: 'ar-EG' });
	const page = await context.newPage();
	await page.goto(url);
	await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
	await page.goto(`${url}?locale=en`);
	await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
	await context.close();
});

test('an amount can be typed in Arabic-Indic digits', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order({
		amount: undefined,
		amount_restricted: false,
		currency: 'KWD',
		settings: { locale: 'ar' }
	});
	await page.goto(url);
	await page.locator('#amount').fill('٥٫٢٥٠');
	await page.getByRole('button', { name: inArabic('amount.continue') }).click();
	expect(await textOf(page, '#pay')).toMatch(/^ادفع ٥٫٢٥٠ /);
	await payInArabic(page, cards.approved);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		inArabic('result.succeeded.heading')
	);
	expect(records.paymentsOf(reference)).toMatchObject([{ amount: 5250, charges: 1 }]);
});

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled });

		test('the choice, a transfer called off, a voucher and the result', async ({ page, shop }) => {
			const settings = { locale: 'ar', methods: undefined };
			const { url } = await shop.order({ user_id: 'chooser-ar', settings });
			await page.goto(url);
			const choose = async (name: string) => {
				await page.getByRole('radio', { name }).check();
				await page.getByRole('button', { name: inArabic('method.continue'), exact: true }).click();
			};
			await choose(inArabic('method.bank_transfer'));
			await page.getByRole('button', { name: inArabic('transfer.continue') }).click();
			await expect(page.locator('h1')).toBeVisible();
			expect(await textOf(page, 'h1')).toBe('حوّل ١٠٫٠٥ €');
			await expect(
				page.getByText(inArabic('transfer.field.reference'), { exact: true })
			).toBeVisible();
			await expect(page.getByRole('img', { name: inArabic('transfer.qr') })).toBeVisible();
			await page.getByRole('button', { name: inArabic('method.other') }).click();
			await expect(page.getByRole('status')).toContainText(inArabic('method.bank_transfer'));
			await choose('Cashnote');
			const code = page.getByLabel(inArabic('voucher.label'));
			await expect(code).toHaveCSS('direction', 'ltr');
			await code.fill('CASHNOTE-٠٠٠٠-٢٢٢٢');
			await page.locator('#pay').click();
			await expect(page.getByRole('status')).toContainText(inArabic('declined.used_voucher.what'));
			await code.fill('CASHNOTE-٠٠٠٠-١١١١');
			await page.locator('#pay').click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(
				inArabic('result.succeeded.heading')
			);
		});
	});
}
