import type { Page } from '@playwright/test';
import { cards, cardForm, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { say } from './say.ts';
import { sendMoney } from './send-money.ts';
import type { Shop } from './shop.ts';
import { expectSignedReturn } from './signatures.ts';

const merchant = 'Pelican Books';

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled });

		test('every way is offered, says what it costs, and the first is chosen', async ({
			page,
			shop
		}) => {
			await open(page, shop);
			const group = page.getByRole('group', { name: say('method.heading') });
			await expect(group.getByRole('radio')).toHaveCount(4);
			await expect(group.getByRole('radio', { name: 'Card' })).toBeChecked();
			await expect(group.getByRole('radio', { name: 'Pebble Wallet' })).toHaveAccessibleDescription(
				/^\+ €0\.45 fee/
			);
		});

		test('a card, chosen among others, declined and paid', async ({ page, shop, records }) => {
			const { reference } = await open(page, shop);
			await choose(page, 'Card');
			await payBy(page, cards.declined);
			await expect(page.getByRole('status')).toContainText(say('declined.declined.what'));
			await expect(cardForm(page).pay).toBeVisible();
			await payBy(page, cards.approved);
			await expectResult(page, 'Payment successful');
			expect(records.paymentsOf(reference)).toMatchObject([{ charges: 0 }, { charges: 1 }]);
		});

		test('a wallet: fee, its own page, and back with the result', async ({
			page,
			shop,
			records
		}) => {
			const { reference } = await open(page, shop);
			await choose(page, 'Pebble Wallet');
			await expect(page.getByRole('row', { name: /Total/ })).toContainText('€10.50');
			await toWallet(page, javaScriptEnabled);
			await page.getByRole('button', { name: 'Pay', exact: true }).click();
			await expectResult(page, 'Payment successful');
			await expect(page.getByText('Pebble Wallet')).toBeVisible();
			expect(records.paymentsOf(reference)).toMatchObject([
				{ amount: 1050, charges: 1, requests: 1 }
			]);
			await page.locator('#back').click();
			await page.waitForURL(`${shop.origin}/thanks?**`);
			const { id } = records.transactionOf(reference);
			const outcome = { transaction_id: id, tracking_id: reference, status: 'successful' };
			expectSignedReturn(page.url(), shop, outcome);
		});

		test('a wallet that declines: every way is open again', async ({ page, shop, records }) => {
			const { reference } = await open(page, shop);
			await choose(page, 'Pebble Wallet');
			await toWallet(page, javaScriptEnabled);
			await page.getByRole('button', { name: 'Not enough money' }).click();
			await expect(page.getByRole('status')).toContainText(
				say('declined.insufficient_funds_elsewhere.what')
			);
			await choose(page, 'Cashnote');
			await page.getByLabel(say('voucher.label')).fill('cashnote 0000 1111');
			await page.getByRole('button', { name: 'Pay €10.05' }).click();
			await expectResult(page, 'Payment successful');
			expect(records.paymentsOf(reference)).toMatchObject([{ charges: 0 }, { charges: 1 }]);
		});

		test('a wallet that is left: another way is taken, and it can no more be paid there', async ({
			page,
			shop,
			records
		}) => {
			const { reference, url } = await open(page, shop);
			await choose(page, 'Pebble Wallet');
			await toWallet(page, javaScriptEnabled);
			const wallet = page.url();
			await page.goto(url);
			await page.getByRole('button', { name: say('method.other') }).click();
			await expect(page.getByRole('status')).toContainText('“Pebble Wallet” was called off');
			await page.goto(wallet);
			const late = page.getByRole('button', { name: 'Pay', exact: true });
			if (await late.isVisible()) await late.click();
			await page.goto(url);
			await choose(page, 'Card');
			await payBy(page, cards.approved);
			await expectResult(page, 'Payment successful');
			expect(records.paymentsOf(reference)).toMatchObject([{ charges: 0 }, { charges: 1 }]);
		});

		test('a bank transfer: too little, then the rest and more', async ({ page, shop, records }) => {
			const { reference, url } = await open(page, shop);
			await choose(page, 'Bank transfer');
			await page.getByRole('button', { name: say('transfer.continue') }).click();
			await expectResult(page, 'Transfer €10.05');
			await expect(page.getByText(/^DE\d\d( \d{4}){4} \d\d$/)).toBeVisible();
			await expect(page.getByRole('img', { name: say('transfer.qr') })).toBeVisible();
			await expect(page.getByText(/^CD-/)).toBeVisible();
			await sendMoney(page, '4.00');
			if (!javaScriptEnabled) await lookAgain(page, 'Transfer €6.05');
			await expectResult(page, 'Transfer €6.05', 15_000);
			await expect(page.getByRole('status').first()).toContainText('€4.00 of €10.05 has arrived.');
			await sendMoney(page, '8.05');
			if (!javaScriptEnabled) await lookAgain(page, 'Payment successful');
			await expectResult(page, 'Payment successful', 15_000);
			await expect(page.getByText('€2.00 too much arrived')).toBeVisible();
			expect(records.transactionOf(reference)).toMatchObject({ state: 'succeeded', tries: 1 });
			await page.goto(url);
			await expectResult(page, 'Payment successful');
		});

		test('a bank transfer that is paid later, or another way', async ({ page, shop, records }) => {
			const { reference, url } = await open(page, shop);
			await choose(page, 'Bank transfer');
			await page.getByRole('button', { name: say('transfer.continue') }).click();
			await page.getByRole('link', { name: say('transfer.later', { merchant }) }).click();
			await page.waitForURL(`${shop.origin}/thanks?**`);
			const { id } = records.transactionOf(reference);
			const outcome = { transaction_id: id, tracking_id: reference, status: 'pending' };
			expectSignedReturn(page.url(), shop, outcome);
			await page.goto(url);
			await expectResult(page, 'Transfer €10.05');
			await page.getByRole('button', { name: say('method.other') }).click();
			await choose(page, 'Card');
			await payBy(page, cards.approved);
			await expectResult(page, 'Payment successful');
		});

		test('a transfer is canceled by the payer', async ({ page, shop, records }) => {
			const { reference } = await open(page, shop);
			await choose(page, 'Bank transfer');
			await page.getByRole('button', { name: say('transfer.continue') }).click();
			await page.getByRole('button', { name: say('action.cancel') }).click();
			await expectResult(page, 'Payment canceled');
			expect(records.paymentsOf(reference)).toMatchObject([{ state: 'canceled', charges: 0 }]);
		});

		test('a voucher: no code, a used one, an unknown one, a good one', async ({
			page,
			shop,
			faults
		}) => {
			faults.allow(/status of 422/);
			await open(page, shop);
			await choose(page, 'Cashnote');
			const code = page.getByLabel(say('voucher.label'));
			const pay = page.getByRole('button', { name: 'Pay €10.05' });
			await pay.click();
			await expect(code).toHaveAccessibleDescription(new RegExp(say('voucher.problem.missing')));
			await expect(code).toBeFocused();
			for (const [typed, what] of [
				['CASHNOTE-0000-2222', say('declined.used_voucher.what')],
				['CASHNOTE-1234', say('declined.invalid_voucher.what')]
			] as const) {
				await code.fill(typed);
				await pay.click();
				await expect(page.getByRole('status')).toContainText(what);
			}
			await code.fill('CASHNOTE-0000-1111');
			await pay.click();
			await expectResult(page, 'Payment successful');
		});

		test('what cannot be used is shown, and says why', async ({ page, shop }) => {
			await open(page, shop, { amount: '151.00' });
			const voucher = page.getByRole('radio', { name: 'Cashnote' });
			await expect(voucher).toBeDisabled();
			await expect(voucher).toHaveAccessibleDescription('Only up to €150.00');
		});
	});
}

test('the fields of a transfer are copied by a press', async ({ page, shop, context }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await open(page, shop);
	await choose(page, 'Bank transfer');
	await page.getByRole('button', { name: say('transfer.continue') }).click();
	const field = say('transfer.field.iban');
	const button = page.getByRole('button', { name: say('transfer.copy_named', { field }) });
	await button.click();
	await expect(page.locator('#copied')).toHaveText(say('transfer.copied'));
	const copied = await page.evaluate(() => navigator.clipboard.readText());
	expect(copied).toMatch(/^DE\d{20}$/);
});

test('the way to pay is chosen by keyboard alone', async ({ page, shop }) => {
	await open(page, shop);
	await page.getByRole('radio', { name: 'Card' }).focus();
	for (let steps = 0; steps < 3; steps++) await page.keyboard.press('ArrowDown');
	await expect(page.getByRole('radio', { name: 'Cashnote' })).toBeChecked();
	await page.keyboard.press('Enter');
	await page.getByLabel(say('voucher.label')).focus();
	await page.keyboard.type('CASHNOTE-0000-1111');
	await page.keyboard.press('Enter');
	await expectResult(page, 'Payment successful');
});

test('pressed five times, a voucher is taken once', async ({ page, shop, records }) => {
	const { reference } = await open(page, shop);
	await choose(page, 'Cashnote');
	await page.getByLabel(say('voucher.label')).fill('CASHNOTE-0000-1111');
	await page.locator('#pay').evaluate((button: HTMLElement) => {
		for (let presses = 0; presses < 5; presses++) button.click();
	});
	await expectResult(page, 'Payment successful');
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
});

async function open(page: Page, shop: Shop, fields: object = {}) {
	const settings = { methods: undefined };
	const order = await shop.order({ user_id: 'chooser-2', settings, ...fields });
	await page.goto(order.url);
	return order;
}

async function choose(page: Page, name: string): Promise<void> {
	await page.getByRole('radio', { name }).check();
	await page.getByRole('button', { name: say('method.continue'), exact: true }).click();
	await expect(page.locator('#pay')).toBeVisible();
}

/** With a script, one press leads all the way. */
async function toWallet(page: Page, scripted: boolean): Promise<void> {
	const name = 'Pebble Wallet';
	await page.getByRole('button', { name: say('redirect.continue', { name }) }).click();
	if (!scripted) await page.getByRole('link', { name: say('redirect.open', { name }) }).click();
	await page.waitForURL('**/simulator/wallet/**');
}

function expectResult(page: Page, heading: string, timeout = 5000): Promise<void> {
	return expect(page.getByRole('heading', { level: 1 })).toHaveText(heading, { timeout });
}

/** Without a script the payer asks whether the money has arrived. */
async function lookAgain(page: Page, heading: string): Promise<void> {
	await expect(async () => {
		await page.getByRole('link', { name: say('transfer.refresh') }).click();
		await expectResult(page, heading, 500);
	}).toPass({ timeout: 15_000 });
}
