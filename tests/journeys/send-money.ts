import { expect, type Page } from '@playwright/test';
import { say } from './say.ts';

/** Sends money for the transfer that a page asks for, at the make-believe bank in another tab. */
export async function sendMoney(page: Page, amount: string): Promise<void> {
	await sendMoneyTo(await bankOf(page), page, amount);
}

/** The address of the make-believe bank, where the transfer that a page asks for can be paid. */
export async function bankOf(page: Page): Promise<string> {
	const link = page.getByRole('link', { name: say('transfer.simulate') });
	return new URL((await link.getAttribute('href')) ?? '', page.url()).href;
}

export async function sendMoneyTo(address: string, page: Page, amount: string): Promise<void> {
	const bank = await page.context().newPage();
	await bank.goto(address);
	await bank.getByLabel('Another amount').fill(amount);
	await bank.getByRole('button', { name: 'Send', exact: true }).click();
	await expect(bank.getByRole('listitem').last()).toContainText(amount);
	await bank.close();
}
