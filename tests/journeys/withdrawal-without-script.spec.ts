import { expect, test } from './journey.ts';
import { accounts, decide, orderPayout } from './payouts.ts';
import { say } from './say.ts';

test.use({ javaScriptEnabled: false });
test.beforeEach(({ faults }) => faults.allow(/status of 422/));

const merchant = 'Pelican Books';

test('a withdrawal from the first step to the merchant’s word', async ({
	page,
	app,
	shop,
	records
}) => {
	const order = await orderPayout(app, shop, { amount: undefined, amount_restricted: false });
	await page.goto(order.url);
	await page.getByLabel(say('amount.label', { currency: 'EUR' })).fill('75,5');
	await page.getByRole('button', { name: say('amount.continue') }).click();
	await page.getByRole('radio', { name: 'Bank account' }).check();
	await page.getByRole('button', { name: say('method.continue') }).click();
	await page.locator('#iban').fill('DE89 3704 0044 0532 0130 01');
	await page.locator('#holder').fill('Ada Payer');
	await page.locator('#continue').click();
	await expect(page.locator('#iban-problem')).toHaveText(say('account.iban.problem.wrong'));
	await expect(page.locator('#holder')).toHaveValue('Ada Payer');
	await page.locator('#iban').fill(accounts.paid);
	await page.locator('#continue').click();
	await page.getByRole('button', { name: say('confirm.send', { amount: '€75.50' }) }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('requested.heading'));
	await decide(app, shop, 'approve', order);
	await expect
		.poll(async () => {
			await page.getByRole('link', { name: say('pending.refresh') }).click();
			return records.transactionOf(order.reference).state;
		})
		.toBe('succeeded');
	await page.goto(order.url);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		say('withdrawal.succeeded.heading')
	);
	await page.waitForURL(`${shop.origin}/thanks?**`);
});

test('canceled, with the question asked', async ({ page, app, shop, records }) => {
	const order = await orderPayout(app, shop, { settings: { methods: ['wallet_payout'] } });
	await page.goto(order.url);
	await page.locator('#wallet').fill('paid@example.com');
	await page.locator('#continue').click();
	await expect(page.locator('#confirm-form')).toContainText('p•••@example.com');
	await page.locator('#confirm').click();
	await page.getByText(say('requested.cancel')).click();
	await page.getByRole('button', { name: say('requests.yes') }).click();
	await expect(page.getByRole('status')).toContainText(
		say('withdrawal.canceled.text', { merchant })
	);
	expect(records.transactionOf(order.reference).state).toBe('canceled');
});

test('in Arabic: a card, whose number goes to the provider alone', async ({ page, app, shop }) => {
	const settings = { methods: ['card_payout'], locale: 'ar' };
	const { url } = await orderPayout(app, shop, { settings });
	await page.goto(url);
	await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
	await page.getByLabel(say('card.number.label', {}, 'ar')).fill('٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢');
	await page.getByLabel(say('card.expiry.label', {}, 'ar')).fill('١٢/٣٤');
	await page.locator('#continue').click();
	await expect(page.locator('#confirm-form')).toContainText('Visa •••• 4242');
	expect(await page.content()).not.toContain('4242424242');
	await page.locator('#confirm').click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		say('requested.heading', {}, 'ar')
	);
});
