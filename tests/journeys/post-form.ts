import { expect } from '@playwright/test';

/** The card form's own fields, read from the page as any client could. */
export async function readFormFields(url: string): Promise<Record<string, string>> {
	const response = await fetch(url);
	expect(response.status).toBe(200);
	const html = await response.text();
	const [, key] = /name="attempt_key" value="([\w-]+)"/.exec(html) ?? [];
	if (!key) throw new Error('The page shows no card form');
	return { attempt_key: key };
}

/** Sends a card as the page's form does. Resolves with the address that the answer leads to. */
export async function postCardForm(
	url: string,
	fields: Record<string, string>,
	number: string
): Promise<string> {
	const response = await fetch(url, {
		method: 'POST',
		redirect: 'manual',
		// Whoever accepts no HTML is answered as a program: without a redirect.
		headers: { origin: new URL(url).origin, accept: 'text/html' },
		body: new URLSearchParams({
			...fields,
			number,
			expiry: '12 / 34',
			code: '123',
			name: 'Ada Lovelace'
		})
	});
	await response.arrayBuffer();
	expect(response.status).toBe(303);
	return response.headers.get('location') ?? '';
}
