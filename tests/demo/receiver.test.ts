import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signCashierWebhook } from '$lib/server/api-cashier/signature';
import { signChargeWebhook } from '$lib/server/api-charges/signature';
import { signCheckoutWebhook } from '$lib/server/api-checkout/signature';
import { freePort } from '../postgres';

/** The receivers that the documentation prints, run as their reader runs them. */
const samples = new URL('../../src/routes/(docs)/docs/webhooks/', import.meta.url).pathname;

const languages = [
	{ name: 'Node', command: process.execPath, file: 'receive.mjs', from: 'receive-webhooks.js' },
	{ name: 'Python', command: 'python3', file: 'receive.py', from: 'receive-webhooks.py' },
	{ name: 'PHP', command: 'php', file: 'receive.php', from: 'receive-webhooks.php' }
];

const whsec = (text: string) => `whsec_${Buffer.alloc(32, text).toString('base64')}`;
const apis = {
	cashier: { secret: whsec('pelican'), sign: signCashierWebhook },
	charges: { secret: whsec('heron'), sign: signChargeWebhook },
	checkout: { secret: 'a text of the merchant’s own', sign: signCheckoutWebhook }
};

const body = '{"tracking_id":"order-1","note":"Grüße","status":"successful"}';

function isHere(command: string): boolean {
	try {
		execFileSync(command, ['--version'], { stdio: 'ignore' });
		return true;
	} catch {
		process.stderr.write(`${command} is not on this machine: its receiver is not tried\n`);
		return false;
	}
}

describe.each(languages)('the receiver in $name', ({ command, file, from }) => {
	const folder = mkdtempSync(join(tmpdir(), 'cashdesk-docs-'));
	const here = isHere(command);
	let port = 0;
	let receiver: ChildProcess | undefined;
	let printed = '';

	beforeAll(async () => {
		if (!here) return;
		mkdirSync(join(folder, 'data'));
		const keys = Object.entries(apis).map(([name, { secret }]) => [
			name,
			{ webhook_secret: secret }
		]);
		const all = { origin: 'http://localhost:3000', ...Object.fromEntries(keys) };
		writeFileSync(join(folder, 'data/demo.json'), JSON.stringify(all));
		copyFileSync(join(samples, from), join(folder, file));
		port = await freePort();
		const env = { ...process.env, PORT: String(port) };
		const words = command === 'php' ? ['-S', `127.0.0.1:${port}`, file] : [file];
		receiver = spawn(command, words, { cwd: folder, env });
		receiver.stdout?.on('data', (text) => (printed += text));
		receiver.stderr?.on('data', (text) => (printed += text));
		const answers = () => post('cashier', { text: '{}' });
		const isListening = async () => (await answers().catch(() => 0)) === 401;
		await vi.waitUntil(isListening, { timeout: 20_000 });
	});

	afterAll(() => {
		receiver?.kill();
		rmSync(folder, { recursive: true, force: true });
	});

	/** Posts a text to the address of one API, signed as the body by another's keys. */
	async function post(
		to: string,
		{ by = to as keyof typeof apis, text = body, at = Date.now() } = {}
	): Promise<number> {
		const { secret, sign } = apis[by];
		const secrets = { webhookSecret: secret, signaturePassword: 'spg_test_pelican' };
		const timestampSeconds = Math.floor(at / 1000);
		const headers = sign({ id: 'message-1', timestampSeconds, body, secrets });
		const address = `http://127.0.0.1:${port}/${to}`;
		return (await fetch(address, { method: 'POST', headers, body: text })).status;
	}

	describe.skipIf(!here).each(Object.keys(apis))('for %s', (api) => {
		it('takes a genuine webhook and prints it', async () => {
			printed = '';
			expect(await post(api)).toBe(204);
			await expect.poll(() => printed).toContain('order-1');
		});

		it('refuses one that was changed, is old, or is another API’s', async () => {
			printed = '';
			expect(await post(api, { text: body.replace('order-1', 'order-2') })).toBe(401);
			expect(await post(api, { at: Date.now() - 600_000 })).toBe(401);
			expect(await post(api, { at: Date.now() + 600_000 })).toBe(401);
			const by = api === 'cashier' ? 'charges' : 'cashier';
			expect(await post(api, { by })).toBe(401);
			expect(await post('nowhere', { by })).toBe(401);
			expect(printed).not.toContain('order-2');
		});
	});
});
