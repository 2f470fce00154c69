import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApp, type App } from '../app';
import { visit } from '../faults/payer';
import { askForPayout, payByCard } from '../pay-by-form';
import { freePort } from '../postgres';
import { codeIn, readShell, run, runShell } from './shell';

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

/** Runs blocks of a page one after the other, as in one terminal; returns what the last prints. */
function runBlocks(blocks: Record<string, string>, ...ids: string[]): unknown {
	const before = ids.slice(0, -1).map((id) => `${blocks[id]} >/dev/null`);
	const printed = runShell([...before, blocks[ids.at(-1) ?? '']].join('\n'), folder);
	return JSON.parse(printed);
}

/** Texts and numbers as such, and the names in their order. */
function expectPrinted(answer: unknown, printed: string | undefined) {
	const shown: unknown = JSON.parse(printed ?? '');
	expect(shapeOf(answer)).toEqual(shapeOf(shown));
	expect(Object.keys(Object(answer))).toEqual(Object.keys(Object(shown)));
}

describe('the Charges API’s page', () => {
	const asked = ['sample-client', 'sample-token'];

	it('leads to a charge that can be paid', async () => {
		const blocks = await read('/docs/charges');
		const created = runBlocks(blocks, ...asked, 'sample-create');
		expectPrinted(created, blocks['sample-created']);
		const { transaction_url } = created as { transaction_url: string };
		await payByCard(transaction_url);
		const paid = runBlocks(blocks, ...asked, 'sample-read');
		expect(paid).toMatchObject({ status: 'CAPTURED', amount: 2000, amount_decimal: '2000' });
	});

	it('lists, and cancels as printed', async () => {
		const blocks = await read('/docs/charges');
		runBlocks(blocks, ...asked, 'sample-create');
		const listed = runBlocks(blocks, ...asked, 'sample-list');
		expect(listed).toMatchObject({ data: [{ status: 'INITIATED' }], has_more: false });
		const canceled = runBlocks(blocks, ...asked, 'sample-another', 'sample-cancel');
		expectPrinted(canceled, blocks['sample-canceled']);
		const { failure_message } = JSON.parse(blocks['sample-canceled'] ?? '') as Record<
			string,
			string
		>;
		expect(canceled).toMatchObject({ status: 'FAILED', failure_message });
	});
});

describe('the Checkout API’s page', () => {
	const create = ['sample-client-token', 'sample-create'];

	it('leads to a checkout that can be paid', async () => {
		const blocks = await read('/docs/checkout');
		const created = runBlocks(blocks, ...create);
		expectPrinted(created, blocks['sample-created']);
		const pending = runBlocks(blocks, 'sample-client-token', 'sample-read');
		expect(pending).toMatchObject({ data: { status: 'PENDING' } });
		await payByCard((created as { data: { checkoutUrl: string } }).data.checkoutUrl);
		const paid = runBlocks(blocks, 'sample-client-token', 'sample-read');
		expect(paid).toMatchObject({ data: { amount: 10000, receivedAmount: 10000 } });
	});

	it('tells how to pay elsewhere', async () => {
		const blocks = await read('/docs/checkout');
		const order = ['sample-client-token', 'sample-transfer-order'];
		const told = runBlocks(blocks, ...order, 'sample-transfer');
		expect(told).toMatchObject({ data: { kind: 'bank_transfer', reference: expect.any(String) } });
		const begun = runBlocks(blocks, 'sample-client-token', 'sample-transfer-read');
		expect(begun).toMatchObject({ data: { status: 'PENDING', receivedAmount: 0 } });
	});

	const application = [
		'sample-client',
		'sample-access-token',
		'sample-secret',
		'sample-application'
	];

	it('leads to a webhook that the reader’s own server has verified', async () => {
		const { 'sample-receiver': source = '' } = await read('/docs/webhooks');
		writeFileSync(join(folder, 'receive.mjs'), source);
		const port = await freePort();
		const env = { ...process.env, PORT: String(port) };
		const receiver = spawn(process.execPath, ['receive.mjs'], { cwd: folder, env });
		try {
			let printed = '';
			receiver.stdout.on('data', (text) => (printed += text));
			const address = `http://localhost:${port}/`;
			const answers = () =>
				fetch(address, { method: 'POST' }).then(
					() => true,
					() => false
				);
			await vi.waitUntil(answers, { timeout: 20_000 });
			const { 'sample-application': made = '', ...others } = await read('/docs/checkout');
			const blocks = {
				...others,
				'sample-application': made.replace('http://localhost:4000/', address)
			};
			expect(made).toContain('http://localhost:4000/');
			const token = ['sample-new-token', 'sample-shop'];
			const opened = runBlocks(blocks, ...application, ...token, 'sample-shop-order');
			await payByCard((opened as { data: { checkoutUrl: string } }).data.checkoutUrl);
			await vi.waitUntil(() => printed.includes('payment.confirmed'), { timeout: 20_000 });
			const client = ['sample-client', 'sample-access-token'];
			const gone = runBlocks(blocks, ...client, 'sample-revoke');
			expect(gone).toMatchObject({ data: { label: 'Shop server' } });
			await vi.waitUntil(() => {
				const refused = runBlocks(blocks, 'sample-shop', 'sample-shop-order');
				return (refused as { message?: string }).message === 'Unauthenticated';
			});
		} finally {
			receiver.kill();
		}
	});

	it('makes an application and lists payments', async () => {
		const blocks = await read('/docs/checkout');
		runBlocks(blocks, ...create);
		const client = ['sample-client', 'sample-access-token'];
		const made = runBlocks(blocks, ...application);
		expect(made).toMatchObject({ data: { name: 'My second shop' } });
		const listed = runBlocks(blocks, ...client, 'sample-payments');
		expect(listed).toMatchObject({ meta: { page: 1, perPage: 5 } });
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
	expect(seen.size).toBeGreaterThanOrEqual(12);
	for (const [path, html] of seen) {
		const fragments = html.matchAll(/href="(\/docs[^"#]*)?#([^"]+)"/g);
		for (const [, to = path, id] of fragments) {
			if (id !== 'main') expect(seen.get(to), `${path} → ${to}#${id}`).toContain(`id="${id}"`);
		}
	}
});
