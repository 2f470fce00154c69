import { cardForm, cards, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { say } from './say.ts';
import { expectSignedReturn } from './signatures.ts';

const merchant = 'Pelican Books';
const back = say('result.back', { merchant });

test('a card is approved and the payer goes back with the signed outcome', async ({
	page,
	shop,
	records
}) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await expect(page).toHaveTitle(say('title.pay', { merchant }));
	await expect(cardForm(page).pay).toHaveText('Pay €10.05');
	await payBy(page, cards.approved);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	const { id, state } = records.transactionOf(reference);
	expect(state).toBe('succeeded');
	await expect(page.getByText(id, { exact: true })).toBeVisible();
	await expect(page.getByText('Visa ending in 4242')).toBeVisible();
	await page.getByRole('link', { name: back }).click();
	await page.waitForURL(`${shop.origin}/thanks?**`);
	const outcome = { transaction_id: id, tracking_id: reference, status: 'successful' };
	expectSignedReturn(page.url(), shop, outcome);
	expect(records.paymentsOf(reference)).toEqual([
		{ rule: 'approved', state: 'succeeded', amount: 1005, charges: 1, requests: 1 }
	]);
});

test('the page goes back to the merchant by itself', async ({ page, shop }) => {
	const { url } = await shop.order();
	await page.clock.install();
	await page.goto(url);
	await payBy(page, cards.approved);
	await expect(page.getByText(say('result.returning', { merchant }))).toBeVisible();
	await page.clock.fastForward(5000);
	await page.waitForURL(`${shop.origin}/thanks?**`);
});

test('a declined card is explained, and another one pays', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.insufficientFunds);
	const notice = page.getByRole('status');
	await expect(notice).toContainText(say('declined.insufficient_funds.what'));
	await expect(notice).toContainText(say('declined.insufficient_funds.next'));
	await expect(cardForm(page).number).toHaveValue('');
	await expect(cardForm(page).code).toHaveValue('');
	await payBy(page, cards.approved);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	expect(records.paymentsOf(reference)).toMatchObject([
		{ rule: 'insufficient_funds', charges: 0 },
		{ rule: 'approved', charges: 1 }
	]);
});

test('after five declined tries the payment is declined for good', async ({
	page,
	shop,
	records
}) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	for (let tries = 1; tries <= 5; tries++) {
		await payBy(page, cards.declined);
		await expect.poll(() => records.transactionOf(reference).tries).toBe(tries);
		await expect(page.getByRole('status')).toContainText(say('declined.declined.what'));
	}
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment declined');
	await expect(cardForm(page).number).toHaveCount(0);
	await page.getByRole('link', { name: back }).click();
	await page.waitForURL(`${shop.origin}/thanks?**`);
	const { id } = records.transactionOf(reference);
	const outcome = { transaction_id: id, tracking_id: reference, status: 'rejected' };
	expectSignedReturn(page.url(), shop, outcome);
	expect(records.paymentsOf(reference).map(({ charges }) => charges)).toEqual([0, 0, 0, 0, 0]);
});

test('3-D Secure without a question goes unnoticed', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.frictionless);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	expect(records.paymentsOf(reference)).toMatchObject([{ rule: 'frictionless', charges: 1 }]);
});

test('an answer that cannot be read is asked for, and never charged again', async ({
	page,
	shop,
	records
}) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.unreadableAnswer);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
});

test('an undecided payment has no second pay button, and its result arrives by itself', async ({
	page,
	shop,
	records
}) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.approved);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await records.undecide(reference);
	await page.goto(url);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('pending.heading'));
	await expect(page.getByText(say('pending.next'))).toBeVisible();
	await expect(page.getByRole('button')).toHaveCount(0);
	records.askNow(reference);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
});

test('the payer gives up and goes back', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await page.getByRole('button', { name: say('cancel.button', { merchant }) }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment canceled');
	await page.getByRole('link', { name: back }).click();
	await page.waitForURL(`${shop.origin}/thanks?**`);
	const { id } = records.transactionOf(reference);
	const outcome = { transaction_id: id, tracking_id: reference, status: 'rejected' };
	expectSignedReturn(page.url(), shop, outcome);
});

test('a payer who may choose the amount is asked back when it is ambiguous', async ({
	page,
	shop,
	records,
	faults
}) => {
	faults.allow(/status of 422/);
	const settings = { preset_amounts: ['20.00', '50.00'] };
	const fields = { amount_restricted: false, amount: undefined, settings };
	const { reference, url } = await shop.order(fields);
	await page.goto(url);
	await expect(page.getByRole('link', { name: '€50.00' })).toBeVisible();
	const amount = page.getByLabel(say('amount.label', { currency: 'EUR' }));
	await amount.fill('1.500');
	await page.getByRole('button', { name: say('amount.continue') }).click();
	await expect(page.getByText('Do you mean €1,500.00 or €1.50?').first()).toBeVisible();
	await page.getByRole('link', { name: say('amount.reading', { amount: '€1,500.00' }) }).click();
	await expect(cardForm(page).pay).toHaveText('Pay €1,500.00');
	await page.getByRole('link', { name: say('amount.change') }).click();
	await amount.fill('7,50');
	await page.getByRole('button', { name: say('amount.continue') }).click();
	await expect(cardForm(page).pay).toHaveText('Pay €7.50');
	await payBy(page, cards.approved);
	await expect(page.getByText('You paid €7.50 to Pelican Books.')).toBeVisible();
	expect(records.paymentsOf(reference)).toMatchObject([{ amount: 750, charges: 1 }]);
});

test('American Express has four digits of code, and its own groups', async ({ page, shop }) => {
	const { url } = await shop.order();
	await page.goto(url);
	const form = cardForm(page);
	await form.number.pressSequentially('378282246310005');
	await expect(form.number).toHaveValue('3782 822463 10005');
	await expect(page.getByText(say('card.code.hint_4'))).toBeVisible();
	await payBy(page, cards.americanExpress);
	await expect(page.getByText('American Express ending in 0005')).toBeVisible();
});
