import { expect, type FrameLocator, type Page } from '@playwright/test';

/** Test cards by what they do; see `src/lib/server/simulator/rules.ts`. */
export const cards = {
	approved: '4242 4242 4242 4242',
	americanExpress: '3782 822463 10005',
	declined: '4000 0000 0000 0002',
	insufficientFunds: '4000 0000 0000 9995',
	frictionless: '4000 0000 0000 3055',
	challenge: '4000 0000 0000 3220',
	unreadableAnswer: '4000 0000 0000 5035',
	doubleNotice: '4000 0000 0000 5050'
} as const;

/** A page, or a frame of one, that shows the card form in English. */
export type Checkout = Page | FrameLocator;

/** The fields by their accessible names. */
export function cardForm(checkout: Checkout) {
	return {
		number: checkout.getByLabel('Card number', { exact: true }),
		expiry: checkout.getByLabel('Expiry date', { exact: true }),
		code: checkout.getByLabel('Security code', { exact: true }),
		name: checkout.getByLabel('Name on card', { exact: true }),
		pay: checkout.getByRole('button', { name: /^Pay / })
	};
}

export async function fillCard(checkout: Checkout, number: string): Promise<void> {
	const form = cardForm(checkout);
	await form.number.fill(number);
	await form.expiry.fill('12 / 34');
	await form.code.fill(number === cards.americanExpress ? '1234' : '123');
	await form.name.fill('Ada Lovelace');
}

export async function payBy(checkout: Checkout, number: string): Promise<void> {
	await fillCard(checkout, number);
	await cardForm(checkout).pay.click();
}

/** Where an order can be paid in several ways: comes to the card form. */
export async function chooseCard(checkout: Checkout): Promise<void> {
	const card = checkout.getByRole('radio', { name: /^(Another c|C)ard$/ });
	const { number } = cardForm(checkout);
	await expect(card.or(number)).toBeVisible();
	if (await number.isVisible()) return;
	await card.check();
	await checkout.locator('#choose').click();
	await expect(number).toBeVisible();
}

/** The make-believe bank in its dialog. */
export function bankFrame(checkout: Checkout): FrameLocator {
	return checkout.getByRole('dialog', { name: 'Confirmation by your bank' }).frameLocator('iframe');
}
