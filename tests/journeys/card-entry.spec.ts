import { cardForm, cards, fillCard, payBy } from './card-form.ts';
import { expect, test } from './journey.ts';
import { say } from './say.ts';

test('an invalid form is not sent at all', async ({ page, shop, records }) => {
	const { reference, url } = await shop.order();
	const posts: string[] = [];
	page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
	await page.goto(url);
	const form = cardForm(page);
	await form.pay.click();
	await expect(form.number).toBeFocused();
	for (const [field, problem] of [
		[form.number, say('card.number.problem.missing')],
		[form.expiry, say('card.expiry.problem.missing')],
		[form.code, say('card.code.problem.missing')],
		[form.name, say('card.name.problem.missing')]
	] as const) {
		await expect(field).toHaveAttribute('aria-invalid', 'true');
		await expect(field).toHaveAccessibleDescription(new RegExp(problem));
	}
	await fillCard(page, cards.approved);
	for (const field of [form.number, form.expiry, form.code, form.name]) {
		await expect(field).not.toHaveAttribute('aria-invalid');
	}
	await form.number.fill('4242 4242 4242 4241');
	await form.pay.click();
	await expect(form.number).toBeFocused();
	await expect(page.getByText(say('card.number.problem.invalid'))).toBeVisible();
	// With script nothing that was typed is lost.
	await expect(form.number).toHaveValue('4242 4242 4242 4241');
	await expect(form.code).toHaveValue('123');
	expect(posts).toEqual([]);
	expect(records.transactionOf(reference).tries).toBe(0);
});

test('each kind of problem is told at its field', async ({ page, shop }) => {
	const { url } = await shop.order();
	await page.goto(url);
	const form = cardForm(page);
	for (const { field, typed, problem } of [
		{ field: form.number, typed: '4242 4242', problem: 'card.number.problem.incomplete' },
		{ field: form.number, typed: '4242424242424241', problem: 'card.number.problem.invalid' },
		{ field: form.number, typed: '6011111111111117', problem: 'card.number.problem.unsupported' },
		{ field: form.expiry, typed: '12', problem: 'card.expiry.problem.incomplete' },
		{ field: form.expiry, typed: '13 / 34', problem: 'card.expiry.problem.impossible' },
		{ field: form.expiry, typed: '01 / 20', problem: 'card.expiry.problem.expired' },
		{ field: form.code, typed: '12', problem: 'card.code.problem.length_3' },
		{ field: form.name, typed: cards.approved, problem: 'card.name.problem.card_number' }
	] as const) {
		await fillCard(page, cards.approved);
		await field.fill(typed);
		await form.pay.click();
		await expect(field).toBeFocused();
		await expect(field).toHaveAccessibleDescription(new RegExp(say(problem)));
	}
});

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
		test.use({ javaScriptEnabled });

		test('a card is taken as people write it', async ({ page, shop }) => {
			for (const [number, expiry] of [
				['4242424242424242', '1234'],
				['4242-4242-4242-4242', '12-34'],
				[' 4242 4242 4242 4242 ', '12/2034'],
				['４２４２４２４２４２４２４２４２', '१२/३४']
			] as const) {
				const { url } = await shop.order();
				await page.goto(url);
				await fillCard(page, number);
				await cardForm(page).expiry.fill(expiry);
				await cardForm(page).pay.click();
				await expect(page.getByText('Visa ending in 4242')).toBeVisible();
			}
		});
	});
}

test('digits are grouped while they are typed, and the caret stays', async ({ page, shop }) => {
	const { url } = await shop.order();
	await page.goto(url);
	const { number, expiry } = cardForm(page);
	await number.pressSequentially('424242424242');
	await expect(number).toHaveValue('4242 4242 4242');
	await number.evaluate((input: HTMLInputElement) => input.setSelectionRange(2, 2));
	await page.keyboard.type('99');
	await expect(number).toHaveValue('4299 4242 4242 42');
	expect(await number.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(4);
	await expiry.pressSequentially('1');
	await expect(expiry).toHaveValue('1');
	await page.keyboard.type('2');
	await expect(expiry).toHaveValue('12 / ');
	await page.keyboard.press('Backspace');
	await page.keyboard.press('Backspace');
	await page.keyboard.press('Backspace');
	await page.keyboard.press('Backspace');
	await expect(expiry).toHaveValue('');
});

test('fields say what they are to browsers and phones', async ({ page, shop }) => {
	const { url } = await shop.order();
	await page.goto(url);
	const form = cardForm(page);
	for (const [field, token, mode] of [
		[form.number, 'cc-number', 'numeric'],
		[form.expiry, 'cc-exp', 'numeric'],
		[form.code, 'cc-csc', 'numeric'],
		[form.name, 'cc-name', null]
	] as const) {
		await expect(field).toHaveAttribute('autocomplete', token);
		if (mode) await expect(field).toHaveAttribute('inputmode', mode);
		const size = await field.evaluate((input) =>
			Number.parseFloat(getComputedStyle(input).fontSize)
		);
		expect(size).toBeGreaterThanOrEqual(16);
	}
});

test('without a connection the form stays, and says so', async ({ page, context, shop }) => {
	const { url } = await shop.order();
	await page.goto(url);
	await fillCard(page, cards.approved);
	await context.setOffline(true);
	await cardForm(page).pay.click();
	await expect(page.getByRole('alert')).toHaveText(say('form.offline'));
	await context.setOffline(false);
	await cardForm(page).pay.click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
});

test('the button is busy once the form goes out', async ({ page, shop }) => {
	const { url } = await shop.order();
	await page.goto(url);
	const told: unknown[] = [];
	await page.exposeFunction('tell', (...words: unknown[]) => told.push(words));
	await page.locator('#card-form').evaluate((form) => {
		form.addEventListener('submit', ({ defaultPrevented }) => {
			const button = document.activeElement;
			const words = [defaultPrevented, button?.textContent?.trim(), button?.ariaDisabled];
			Reflect.get(window, 'tell')(...words);
		});
	});
	await fillCard(page, cards.approved);
	await cardForm(page).pay.click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	expect(told).toEqual([[false, say('card.paying'), 'true']]);
});

test('a problem that shows up does not move the button from under a click', async ({
	page,
	shop
}) => {
	const { url } = await shop.order();
	await page.goto(url);
	await cardForm(page).expiry.fill('12');
	const cancel = page.getByRole('button', { name: /^Cancel and go back/ });
	await cancel.scrollIntoViewIfNeeded();
	const box = await cancel.boundingBox();
	// Near its upper edge, so that any new line above would push it away.
	await page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 4);
	await page.mouse.down();
	await page.mouse.up();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment canceled');
});

test('the number is nowhere in the browser after the payment', async ({ page, shop, context }) => {
	const { url } = await shop.order();
	const addresses: string[] = [];
	page.on('request', (request) => addresses.push(request.url()));
	await page.goto(url);
	await payBy(page, cards.approved);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payment successful');
	const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
	const texts = [...addresses, kept, await page.content(), JSON.stringify(await context.cookies())];
	expect(texts.join('\n').replace(/[\s-]/g, '')).not.toContain('4242424242424242');
});
