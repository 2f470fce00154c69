import { expect, test } from './journey.ts';
import {
	accounts,
	askForPayout,
	decide,
	enterAccount,
	orderPayout,
	payoutForm
} from './payouts.ts';
import { say } from './say.ts';
import { expectSignedReturn } from './signatures.ts';

const merchant = 'Pelican Books';
const bank = { settings: { methods: ['bank'] } };
const ending = { timeout: 20_000 };

test.beforeEach(({ faults }) => faults.allow(/status of 422/));

test('where to, which account, a yes, and the money is there', async ({
	page,
	app,
	shop,
	records
}) => {
	const order = await orderPayout(app, shop);
	const form = payoutForm(page);
	await page.goto(order.url);
	await expect(form.heading(say('withdrawal.heading', { merchant }))).toBeVisible();
	await form.method('Bank account').check();
	await form.next.click();
	await form.iban.fill(accounts.paid);
	await form.holder.fill('Ada Payer');
	await page.keyboard.press('Enter');
	// The account is in the answer itself: not in its address, and masked in what it says.
	await expect(form.confirm('€100.00')).toBeVisible();
	expect(page.url()).not.toContain('3000');
	await expect(page.locator('#confirm-form')).toContainText('DE•• •••• 3000');
	expect(await page.content()).not.toContain('0532');
	expect(records.transactionOf(order.reference).state).toBe('created');
	await form.confirm('€100.00').click();
	await expect(form.heading(say('requested.heading'))).toBeVisible();
	await decide(app, shop, 'approve', order);
	// The page tells by itself.
	await expect(form.heading(say('withdrawal.succeeded.heading'))).toBeVisible(ending);
	expect(records.paymentsOf(order.reference)).toMatchObject([{ charges: 1, requests: 1 }]);
	await page.waitForURL(`${shop.origin}/thanks?**`);
	const { id } = records.transactionOf(order.reference);
	const outcome = { transaction_id: id, tracking_id: order.reference, status: 'successful' };
	expectSignedReturn(page.url(), shop, outcome);
	await expect
		.poll(() => shop.webhooksOf(order.reference).map(({ body }) => JSON.parse(body)))
		.toMatchObject([
			{ status: 'pending', transaction_type: 'withdrawal' },
			{ status: 'successful', transaction_type: 'withdrawal' }
		]);
});

test('canceled by the payer, who is asked twice', async ({ page, app, shop, records }) => {
	const order = await orderPayout(app, shop, bank);
	await askForPayout(page, order.url, accounts.paid);
	const yes = page.getByRole('button', { name: say('requests.yes') });
	await expect(yes).toBeHidden();
	await page.getByText(say('requested.cancel')).click();
	await yes.click();
	await expect(payoutForm(page).heading(say('withdrawal.canceled.heading'))).toBeVisible();
	expect(records.transactionOf(order.reference).state).toBe('canceled');
	expect(records.paymentsOf(order.reference)).toEqual([]);
});

test('rejected by the merchant: where the money is', async ({ page, app, shop, records }) => {
	const order = await orderPayout(app, shop, bank);
	await askForPayout(page, order.url, accounts.paid);
	await decide(app, shop, 'reject', order);
	await expect(payoutForm(page).heading(say('withdrawal.rejected.heading'))).toBeVisible(ending);
	await expect(page.getByRole('status')).toContainText(say('withdrawal.money_stays', { merchant }));
	expect(records.paymentsOf(order.reference)).toEqual([]);
});

test('refused by the bank: the money is back with the merchant', async ({ page, app, shop }) => {
	const order = await orderPayout(app, shop, bank);
	await askForPayout(page, order.url, accounts.refused);
	await decide(app, shop, 'approve', order);
	await expect(payoutForm(page).heading(say('withdrawal.failed.heading'))).toBeVisible(ending);
	await expect(page.getByRole('status')).toContainText(say('withdrawal.failed.next', { merchant }));
});

test('a slow bank: on its way, and then paid', async ({ page, app, shop, records }) => {
	const order = await orderPayout(app, shop, bank);
	await askForPayout(page, order.url, accounts.slow);
	await decide(app, shop, 'approve', order);
	await expect(payoutForm(page).heading(say('payout.on_its_way.heading'))).toBeVisible(ending);
	await expect(page.getByText(say('requested.cancel'))).toHaveCount(0);
	const end = payoutForm(page).heading(say('withdrawal.succeeded.heading'));
	await expect(end).toBeVisible({ timeout: 30_000 });
	expect(records.paymentsOf(order.reference)).toMatchObject([{ charges: 1 }]);
});

test('an open request is seen and canceled in the cashier', async ({
	page,
	app,
	shop,
	records
}) => {
	const payer = { ...bank, user_id: `reader-${Math.random()}` };
	const earlier = await orderPayout(app, shop, payer);
	await askForPayout(page, earlier.url, accounts.paid);
	const { url } = await orderPayout(app, shop, { ...payer, amount: '20.00' });
	await page.goto(url);
	const requests = page.getByRole('region', { name: say('requests.heading') });
	await expect(requests).toContainText('€100.00');
	await expect(requests).toContainText('DE•• •••• 3000');
	await requests.getByText(say('requests.cancel')).click();
	await requests.getByRole('button', { name: say('requests.yes') }).click();
	await expect(page.getByRole('status')).toHaveText(
		say('withdrawal.notice.canceled', { merchant })
	);
	await expect(requests).toHaveCount(0);
	expect(records.transactionOf(earlier.reference).state).toBe('canceled');
});

test('refreshed before the yes: the account is to be entered again, and nothing is sent', async ({
	page,
	app,
	shop,
	records
}) => {
	const order = await orderPayout(app, shop, bank);
	await page.goto(order.url);
	await enterAccount(page, accounts.paid);
	const posts: string[] = [];
	page.on('request', (request) => void posts.push(request.method()));
	await page.reload();
	await expect(page.locator('#iban')).toHaveValue('');
	expect(posts).not.toContain('POST');
	expect(records.transactionOf(order.reference).state).toBe('created');
});

test('back after the request: the page shows what is true', async ({
	page,
	app,
	shop,
	records
}) => {
	const order = await orderPayout(app, shop, bank);
	await askForPayout(page, order.url, accounts.paid);
	await page.goBack();
	await expect(page.locator('.standing')).toBeVisible();
	expect(records.transactionOf(order.reference)).toMatchObject({ state: 'requested', version: 2 });
});

test('Enter, click and a second tab together: one request', async ({
	page,
	app,
	shop,
	records,
	context
}) => {
	const order = await orderPayout(app, shop, bank);
	const second = await context.newPage();
	for (const tab of [page, second]) {
		await tab.goto(order.url);
		await enterAccount(tab, accounts.paid);
	}
	await Promise.all(
		[page, second].map((tab) =>
			tab.locator('#confirm').evaluate((button: HTMLButtonElement) => {
				button.click();
				button.click();
			})
		)
	);
	for (const tab of [page, second]) await expect(tab.locator('.standing')).toBeVisible();
	expect(records.transactionOf(order.reference)).toMatchObject({ state: 'requested', version: 2 });
});

test('by Tab, Space, Enter and typing alone', async ({ page, app, shop }) => {
	const { url } = await orderPayout(app, shop);
	await page.goto(url);
	await page.keyboard.press('Tab');
	await expect(payoutForm(page).method('Bank account')).toBeFocused();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Enter');
	await expect(page.locator('#iban')).toBeVisible();
	await page.keyboard.press('Tab');
	await page.keyboard.type('DE893704004405320130');
	await page.keyboard.press('Enter');
	// The first faulty field has the focus.
	await expect(page.locator('#iban')).toBeFocused();
	await page.keyboard.press('End');
	await page.keyboard.type('00');
	await page.keyboard.press('Tab');
	await page.keyboard.type('Ada Payer');
	await page.keyboard.press('Enter');
	const confirm = payoutForm(page).confirm('€100.00');
	await expect(confirm).toBeVisible();
	await page.keyboard.press('Tab');
	await expect(confirm).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(payoutForm(page).heading(say('requested.heading'))).toBeVisible();
});
