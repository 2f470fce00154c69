import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { signCashierWebhook } from '$lib/server/api-cashier/signature';
import { freePort } from '../postgres';

/** The receiver that the documentation prints, run as its reader runs it. */
const sample = new URL('../../src/routes/(docs)/docs/webhooks/receive-webhooks.js', import.meta.url)
	.pathname;
const webhookSecret = `whsec_${Buffer.alloc(32, 'pelican').toString('base64')}`;
const body = '{"tracking_id":"order-1","status":"successful"}';

const folder = mkdtempSync(join(tmpdir(), 'cashdesk-docs-'));
let port = 0;
let receiver: ChildProcess;
let printed = '';

beforeAll(async () => {
	mkdirSync(join(folder, 'data'));
	const file = { cashier: { webhook_secret: webhookSecret } };
	writeFileSync(join(folder, 'data/demo.json'), JSON.stringify(file));
	copyFileSync(sample, join(folder, 'receive.mjs'));
	port = await freePort();
	const env = { ...process.env, PORT: String(port) };
	receiver = spawn(process.execPath, ['receive.mjs'], { cwd: folder, env });
	receiver.stdout?.on('data', (text) => (printed += text));
	const answers = () => fetch(`http://127.0.0.1:${port}`).then(({ status }) => status);
	const isListening = async () => (await answers().catch(() => 0)) === 401;
	await vi.waitUntil(isListening, { timeout: 20_000 });
});

afterAll(() => {
	receiver.kill();
	rmSync(folder, { recursive: true, force: true });
});

async function post(text: string, at = Date.now()): Promise<number> {
	const secrets = { webhookSecret, signaturePassword: 'spg_test_pelican' };
	const timestampSeconds = Math.floor(at / 1000);
	const headers = signCashierWebhook({ id: 'message-1', timestampSeconds, body, secrets });
	const response = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers, body: text });
	return response.status;
}

it('takes a genuine webhook and prints it', async () => {
	expect(await post(body)).toBe(204);
	await expect.poll(() => printed).toContain('order-1');
});

it('refuses one that was changed or is old', async () => {
	expect(await post(body.replace('order-1', 'order-2'))).toBe(401);
	expect(await post(body, Date.now() - 600_000)).toBe(401);
	expect(printed).not.toContain('order-2');
});
