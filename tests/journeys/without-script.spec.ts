import { cardForm, cards, fillCard, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { say } from './say.ts';
import { expectSignedReturn } from './signatures.ts';

test.use({ javaScriptEnabled: false });

const merchant = 'Pelican Books';

test('a card, 3-D Secure, and back at the merchant with the signed outcome', async ({
	page,
	shop,
	records
}) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.challenge);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		say('action.heading', { amount: '€10.05' })
	);
	await page.getByRole('link', { name: say('action.continue') }).click();
	await page.getByRole('button', { name: 'Approve' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 1, requests: 1 }]);
	// The page leads on by itself, without a script.
	await page.waitForURL(`${shop.origin}/thanks?**`);
	const { id } = records.transactionOf(reference);
	const outcome = { transaction_id: id, tracking_id: reference, status: 'successful' };
	expectSignedReturn(page.url(), shop, outcome);
});

test('a declined card is explained, and another one pays', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.declined);
	await expect(page.getByRole('status')).toContainText(say('declined.declined.what'));
	await payBy(page, cards.approved);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await page.getByRole('link', { name: say('result.back', { merchant }) }).click();
	await page.waitForURL(`${shop.origin}/thanks?**`);
	expect(records.paymentsOf(reference)).toMatchObject([{ charges: 0 }, { charges: 1 }]);
});

for (const { answer, why } of [
	{ answer: 'Fail', why: 'declined.authentication_failed.what' },
	{ answer: 'Cancel', why: 'declined.authentication_canceled.what' }
] as const) {
	test(`3-D Secure, ${answer}: another card can be tried`, async ({ page, shop }) => {
		const { url } = await shop.order();
		await page.goto(url);
		await payBy(page, cards.challenge);
		await page.getByRole('link', { name: say('action.continue') }).click();
		await page.getByRole('button', { name: answer, exact: true }).click();
		await expect(page.getByRole('status')).toContainText(say(why));
		await expect(cardForm(page).pay).toBeVisible();
	});
}

test('3-D Secure, never answered: the way back leads on, and cancels', async ({
	page,
	shop,
	records
}) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.challenge);
	await page.getByRole('link', { name: say('action.continue') }).click();
	await page.getByRole('button', { name: 'Never answer' }).click();
	await expect(page.getByText('The bank does not answer')).toBeVisible();
	await page.goto(url);
	await page.getByRole('button', { name: say('action.cancel') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment canceled');
	expect(records.paymentsOf(reference)).toMatchObject([{ state: 'canceled', charges: 0 }]);
});

test('an empty form comes back with all its problems', async ({ page, shop, records, faults }) => {
	faults.allow(/status of 422/);
	const { reference, url } = await shop.order();
	await page.goto(url);
	await cardForm(page).pay.click();
	const summary = page.getByRole('group', { name: say('form.problem_heading') });
	await expect(summary.getByRole('link')).toHaveText([
		say('card.number.problem.missing'),
		say('card.expiry.problem.missing'),
		say('card.code.problem.missing'),
		say('card.name.problem.missing')
	]);
	await expect(page).toHaveTitle(/^Problem: /);
	await expect(cardForm(page).number).toHaveAccessibleDescription(
		new RegExp(say('card.number.problem.missing'))
	);
	await expect(cardForm(page).number).toHaveAttribute('aria-invalid', 'true');
	await expect(cardForm(page).number).toBeFocused();
	expect(records.transactionOf(reference).tries).toBe(0);
	await payBy(page, cards.approved);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
});

test('what was typed is kept, but for the number and the code', async ({ page, shop, faults }) => {
	faults.allow(/status of 422/);
	const { url } = await shop.order();
	await page.goto(url);
	await fillCard(page, '4242 4242 4242 4241');
	const answered = page.waitForResponse((response) => response.request().method() === 'POST');
	await cardForm(page).pay.click();
	const answer = await answered;
	expect(answer.status()).toBe(422);
	const form = cardForm(page);
	await expect(form.expiry).toHaveValue('12 / 34');
	await expect(form.name).toHaveValue('Ada Lovelace');
	await expect(form.number).toHaveValue('');
	await expect(form.code).toHaveValue('');
	await expect(page.getByText(say('card.retype'))).toBeVisible();
	expect(formOf(await answer.text())).not.toMatch(/4242[ -]?4242|value="123"/);
});

test('a card number typed as the name is not echoed', async ({ page, shop, faults }) => {
	faults.allow(/status of 422/);
	const { url } = await shop.order();
	await page.goto(url);
	for (const typed of ['4242 4242 4242 4242', '4000-0000-0000-0002', '٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢']) {
		await fillCard(page, cards.approved);
		await cardForm(page).name.fill(typed);
		const answered = page.waitForResponse((response) => response.request().method() === 'POST');
		await cardForm(page).pay.click();
		const html = await (await answered).text();
		await expect(cardForm(page).name).toHaveValue('');
		await expect(
			page.locator('#name-problem', { hasText: say('card.name.problem.card_number') })
		).toBeVisible();
		expect(formOf(html)).not.toContain(typed);
	}
});

test('the result of an undecided payment arrives by itself', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order();
	await page.goto(url);
	await payBy(page, cards.approved);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	await records.undecide(reference);
	await page.goto(url);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(say('pending.heading'));
	records.askNow(reference);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful', {
		timeout: 15_000
	});
});

test('an amount is chosen, read in digits of any script, and paid', async ({
	page,
	shop,
	faults
}) => {
	faults.allow(/status of 422/);
	const { url } = await shop.order({
		amount: undefined,
		amount_restricted: false,
		customer: { max_deposit_limit: '100.00' }
	});
	await page.goto(url);
	const amount = page.getByLabel(say('amount.label', { currency: 'EUR' }));
	await expect(page.getByText(say('amount.to', { highest: '€100.00' }))).toBeVisible();
	await amount.fill('100.01');
	await page.getByRole('button', { name: say('amount.continue') }).click();
	const tooHigh = say('amount.problem.too_high', { highest: '€100.00' });
	await expect(page.locator('#amount-problem', { hasText: tooHigh })).toBeVisible();
	await expect(amount).toHaveValue('100.01');
	await amount.fill('٢٠٫٥٠');
	await page.getByRole('button', { name: say('amount.continue') }).click();
	await expect(cardForm(page).pay).toHaveText('Pay €20.50');
	await payBy(page, cards.approved);
	await expect(page.getByText('You paid €20.50 to Pelican Books.')).toBeVisible();
});

/** The card form's part of a page: elsewhere the test cards are listed. */
function formOf(html: string): string {
	const form = html.slice(html.indexOf('<form id="card-form"'), html.indexOf('</form>'));
	expect(form).toContain('attempt_key');
	return form;
}
