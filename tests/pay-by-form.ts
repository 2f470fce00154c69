import { findForm, submit, visit, type Page } from './faults/payer';

/** The payer's part in a payment: a card, on the page of a session that fixes the amount. */
export async function payByCard(url: string): Promise<void> {
	let page = await visit(url);
	if (!findForm(page, { id: 'card-form' })) {
		const chosen = new URL(page.url);
		chosen.searchParams.set('method', 'card');
		page = await visit(chosen.href);
	}
	const form = findForm(page, { id: 'card-form' });
	if (!form) throw new Error(`No card form at ${page.url}`);
	const card = { number: '4242424242424242', expiry: '12/34', code: '123', name: 'John Doe' };
	await submit(page, form, card);
}

/** The payer's part in a withdrawal: an account at a British bank, and yes. */
export async function askForPayout(url: string): Promise<void> {
	const account = { country: 'GB', bank_code: '200000', account_number: '55779900' };
	const chosen = await send(await visit(url), 'method', { method: 'bank' });
	const confirm = await send(chosen, 'bank_code', { ...account, holder: 'John Doe' });
	await send(confirm, 'draft', {});
}

async function send(page: Page, field: string, fields: Record<string, string>): Promise<Page> {
	const form = findForm(page, { field });
	if (!form) throw new Error(`No form with ${field} at ${page.url}`);
	return submit(page, form, fields);
}
