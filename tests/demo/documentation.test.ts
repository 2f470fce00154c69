import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type App } from '../app';
import { findForm, submit, visit, type Page } from '../faults/payer';
import { codeIn, readShell, run } from './shell';

/** What the pages print, run as their reader runs it: in a fresh Cashdesk's folder. */
let app: App;
const folder = mkdtempSync(join(tmpdir(), 'cashdesk-reader-'));

beforeAll(async () => {
	app = await startApp({ engine: 'sqlite' });
	symlinkSync(app.dataDir, join(folder, 'data'));
});

afterAll(async () => {
	await app.stop();
	rmSync(folder, { recursive: true, force: true });
});

async function read(path: string): Promise<Record<string, string>> {
	const response = await fetch(`${app.origin}${path}`);
	expect(response.status).toBe(200);
	return codeIn(await response.text());
}

/** Runs a block of a page after the one that takes the key. */
async function runBlock(blocks: Record<string, string>, id: string) {
	const lines = `${blocks['sample-key']}\n${blocks[id]}`;
	const call = readShell(lines, folder);
	expect(call.url.startsWith(app.origin)).toBe(true);
	return { call, ...(await run(call)) };
}

/** The form of each value: texts and numbers as such, whatever they say. */
function shapeOf(value: unknown): unknown {
	if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
	if (typeof value !== 'object' || value === null) return typeof value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}

/** What the documentation promises to the letter. */
function wordsOf(answer: unknown) {
	const { message, transaction_status, error } = Object(answer) as Record<string, unknown>;
	return { message, transaction_status, error };
}

/** Runs a call of the Cashier API's page and holds it against the answer that is printed below. */
async function expectAsPrinted(blocks: Record<string, string>, name: string) {
	const { status, json, call } = await runBlock(blocks, `call-${name}`);
	const printed: unknown = JSON.parse(blocks[`answer-${name}`] ?? '');
	expect({ name, status }).toEqual({ name, status: 200 });
	expect(shapeOf(json)).toEqual(shapeOf(printed));
	expect(Object.keys(Object(json))).toEqual(Object.keys(Object(printed)));
	expect(wordsOf(json)).toEqual(wordsOf(printed));
	return { call, answer: json as Record<string, string> };
}

describe('the first payment', () => {
	it('is opened and asked for by the lines that are printed', async () => {
		const blocks = await read('/docs');
		const { status, json } = await runBlock(blocks, 'sample-open');
		expect({ status, json }).toEqual({ status: 200, json: { token: expect.any(String) } });
		const { token } = json as { token: string };
		expect((await visit(`${app.origin}/pay/${token}`)).status).toBe(200);
		const asked = await runBlock(blocks, 'sample-status');
		expect(asked.json).toEqual({ transaction_status: 'pending' });
	});
});

describe('the Cashier API’s page', () => {
	it.each(['deposit', 'withdrawal', 'direct', 's2s', 'challenge', 'declined'])(
		'%s answers as printed',
		async (name) => {
			const { answer } = await expectAsPrinted(await read('/docs/cashier'), name);
			if (name === 's2s' || name === 'declined') expect(answer.url).toBe('');
			if (name === 'direct' || name === 'challenge') {
				expect((await visit(answer.url ?? '')).status).toBe(200);
			}
		}
	);

	it('charges the second account where the set of rules is named', async () => {
		const { answer } = await expectAsPrinted(await read('/docs/cashier'), 's2s');
		const address = `${app.origin}/operations/transactions/${answer.transaction_id}`;
		const story: unknown = await (await fetch(address)).json();
		expect(story).toMatchObject({
			attempts: [{ account: { name: 'Simulator, moody' } }, { account: { name: 'Simulator' } }]
		});
	});

	it.each(['approve', 'reject'])('%s answers as printed once the payer has asked', async (name) => {
		const blocks = await read('/docs/cashier');
		const { answer } = await expectAsPrinted(blocks, 'withdrawal');
		const early = await runBlock(blocks, `call-${name}`);
		expect(early).toMatchObject({ status: 409, json: { code: 'not_requested' } });
		await askForPayout(`${app.origin}/pay/${answer.token}`);
		await expectAsPrinted(blocks, name);
		// Again: taken as well, with the status as it stands by then.
		expect(await runBlock(blocks, `call-${name}`)).toMatchObject({ status: 200 });
		const other = await runBlock(blocks, `call-${name === 'approve' ? 'reject' : 'approve'}`);
		expect(other).toMatchObject({ status: 409, json: { code: 'already_decided' } });
	});

	it('tells of one transaction and of many as printed', async () => {
		const blocks = await read('/docs/cashier');
		await expectAsPrinted(blocks, 'deposit');
		await expectAsPrinted(blocks, 'status');
		const { json } = await runBlock(blocks, 'call-transactions');
		const listed = (json as Record<string, unknown>[]).find(
			({ provider_transaction_id: id, customer_id: payer }) => id && payer === 128
		);
		const [printed] = JSON.parse(blocks['answer-transactions'] ?? '') as unknown[];
		expect(shapeOf(listed)).toEqual(shapeOf(printed));
		expect(Object.keys(Object(listed))).toEqual(Object.keys(Object(printed)));
	});

	it('refuses as printed', async () => {
		const blocks = await read('/docs/cashier');
		const call = readShell(`${blocks['sample-key']}\n${blocks['call-deposit']}`, folder);
		const body = call.body?.replace('10.05', '10.055');
		const { status, json } = await run({ ...call, body });
		const printed = JSON.parse(blocks['sample-error'] ?? '') as Record<string, unknown>;
		expect({ status, json }).toEqual({
			status: 422,
			json: { ...printed, request_id: expect.any(String) }
		});
	});
});

it('the other pages’ lines run as well', async () => {
	for (const [path, id] of [
		['/docs/webhooks', 'sample-open'],
		['/docs/routing', 'call-convert']
	] as const) {
		const { status, json } = await runBlock(await read(path), id);
		expect({ path, status, json }).toEqual({
			path,
			status: 200,
			json: { token: expect.any(String) }
		});
	}
});

it('every page is there, and every link within the documentation leads somewhere', async () => {
	const seen = new Map<string, string>();
	const todo = ['/docs'];
	for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
		const { status, html } = await visit(`${app.origin}${path}`);
		expect({ path, status }).toEqual({ path, status: 200 });
		seen.set(path, html);
		const links = Array.from(html.matchAll(/href="(\/docs[^"#]*)/g), ([, to = '']) => to);
		todo.push(...links.filter((to) => !seen.has(to) && !todo.includes(to)));
	}
	expect(seen.size).toBeGreaterThanOrEqual(6);
	for (const [path, html] of seen) {
		const fragments = html.matchAll(/href="(\/docs[^"#]*)?#([^"]+)"/g);
		for (const [, to = path, id] of fragments) {
			if (id !== 'main') expect(seen.get(to), `${path} → ${to}#${id}`).toContain(`id="${id}"`);
		}
	}
});

/** The payer's part: an account at a British bank, as the sample's customer has one, and yes. */
async function askForPayout(url: string): Promise<void> {
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
