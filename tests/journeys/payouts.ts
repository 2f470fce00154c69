import { randomUUID } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import type { App } from '../app.ts';
import { say } from './say.ts';
import type { OrderFields, Shop } from './shop.ts';

interface PayoutOrder {
	reference: string;
	url: string;
}

/** Accounts of the make-believe bank, by what becomes of a payout to them. */
export const accounts = {
	paid: 'DE89 3704 0044 0532 0130 00',
	refused: 'GB29 NWBK 6016 1331 9268 19',
	slow: 'FR14 2004 1010 0505 0001 3M02 606'
};

/** Asks the app for a page on which a payer of their own withdraws €100.00. */
export async function orderPayout(
	app: App,
	shop: Shop,
	{ settings, ...fields }: OrderFields = {}
): Promise<PayoutOrder> {
	const reference = randomUUID();
	const request = {
		mode: 'test',
		user_id: `payer-${reference}`,
		tracking_id: reference,
		amount: '100.00',
		currency: 'EUR',
		amount_restricted: true,
		...fields,
		settings: {
			return_url: `${shop.origin}/thanks?shelf=3`,
			webhook_url: `${shop.origin}/webhook`,
			...settings
		}
	};
	const { token } = (await call(app, shop, '/withdrawal', { request })) as { token: string };
	return { reference, url: `${app.origin}/pay/${token}` };
}

/** The merchant's word on a request. */
export async function decide(
	app: App,
	shop: Shop,
	word: 'approve' | 'reject',
	{ reference }: PayoutOrder
): Promise<void> {
	await call(app, shop, `/withdrawal/${word}`, { transaction_id: reference });
}

async function call(app: App, shop: Shop, path: string, body: object): Promise<unknown> {
	const response = await fetch(`${app.origin}/api/v1${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-api-key': shop.keys.api_key },
		body: JSON.stringify(body)
	});
	if (response.status !== 200) throw new Error(`${path}: ${await response.text()}`);
	return response.json();
}

/** What a payer sees and uses, by role and name in English. */
export function payoutForm(page: Page) {
	return {
		method: (name: string) => page.getByRole('radio', { name }),
		next: page.getByRole('button', { name: say('method.continue') }),
		iban: page.getByLabel(say('account.iban.label')),
		holder: page.getByLabel(say('account.holder.label')),
		confirm: (amount: string) =>
			page.getByRole('button', { name: say('confirm.send', { amount }) }),
		heading: (name: string) => page.getByRole('heading', { level: 1, name })
	};
}

/** Enters a bank account on a page whose only way it is, up to the question. */
export async function enterAccount(page: Page, iban: string): Promise<void> {
	await page.locator('#iban').fill(iban);
	await page.locator('#holder').fill('Ada Payer');
	await page.locator('#continue').click();
	await expect(page.locator('#confirm')).toBeVisible();
}

/** Asks for a withdrawal to a bank account. */
export async function askForPayout(page: Page, url: string, iban: string): Promise<void> {
	await page.goto(url);
	await enterAccount(page, iban);
	await page.locator('#confirm').click();
	await expect(page.locator('.standing')).toBeVisible();
}
