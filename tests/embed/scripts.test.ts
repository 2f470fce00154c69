import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const project = process.cwd();
const pageText = 'console.log("page");';
const embedText = 'console.log("embed");';
let folder: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'scripts-'));
	process.chdir(folder);
	vi.resetModules();
});

afterEach(async () => {
	process.chdir(project);
	await rm(folder, { recursive: true });
});

/** Lays out what the script builds leave behind. */
async function buildScripts(): Promise<void> {
	await mkdir('build/scripts', { recursive: true });
	const write = (name: string, text: string) => writeFile(join('build/scripts', name), text);
	await write('enhance-a1.js', pageText);
	await write('cash-desk-b2.js', embedText);
	await write('page.json', '{"enhance.ts":{"file":"enhance-a1.js","isEntry":true}}');
	await write('embed.json', '{"cash-desk.ts":{"file":"cash-desk-b2.js","isEntry":true}}');
	await write('secret.txt', 'not a script');
}

async function getEmbed(headers: Record<string, string> = {}): Promise<Response> {
	const { GET } = await import('../../src/routes/(payer)/embed/v1.js/+server');
	const request = new Request('https://pay.test/embed/v1.js', { headers });
	return GET({ request } as Parameters<typeof GET>[0]);
}

async function getAsset(file: string): Promise<Response> {
	const { GET } = await import('../../src/routes/(payer)/assets/[file]/+server');
	const request = new Request('https://pay.test/assets/x');
	return GET({ request, params: { file } } as Parameters<typeof GET>[0]);
}

test('the merchant script is for everybody and kept for five minutes', async () => {
	await buildScripts();
	const response = await getEmbed();
	expect(response.status).toBe(200);
	expect(await response.text()).toBe(embedText);
	expect(Object.fromEntries(response.headers)).toEqual({
		'access-control-allow-origin': '*',
		'cache-control': 'public, max-age=300',
		'content-length': String(embedText.length),
		'content-type': 'text/javascript; charset=utf-8',
		'cross-origin-resource-policy': 'cross-origin',
		etag: 'W/"cash-desk-b2.js"',
		vary: 'accept-encoding',
		'x-content-type-options': 'nosniff'
	});
});

test('a browser that has the script is told so', async () => {
	await buildScripts();
	const etag = String((await getEmbed()).headers.get('etag'));
	for (const known of [etag, `"other", ${etag}`]) {
		const response = await getEmbed({ 'if-none-match': known });
		expect(response.status).toBe(304);
		expect(await response.text()).toBe('');
		expect(response.headers.get('cache-control')).toBe('public, max-age=300');
	}
	expect((await getEmbed({ 'if-none-match': 'W/"cash-desk-old.js"' })).status).toBe(200);
});

test.each([
	['gzip, deflate, br, zstd', 'br'],
	['gzip;q=1.0, br;q=0.5', 'br'],
	['gzip, br;q=0', 'gzip'],
	['BR', 'br'],
	['brotli, x-gzip', null],
	['', null]
])('a browser that accepts %j gets %j', async (accepted, encoding) => {
	await buildScripts();
	const response = await getEmbed({ 'accept-encoding': accepted });
	expect(response.headers.get('content-encoding')).toBe(encoding);
	const body = Buffer.from(await response.arrayBuffer());
	expect(response.headers.get('content-length')).toBe(String(body.length));
	const plain = encoding === 'br' ? brotliDecompressSync(body) : encoding ? gunzipSync(body) : body;
	expect(plain.toString()).toBe(embedText);
});

test('built names are kept for good, and nothing else is served', async () => {
	await buildScripts();
	const { pageScript } = await import('$lib/server/payer-page/scripts');
	expect(pageScript()).toEqual({ path: '/assets/enhance-a1.js' });
	const response = await getAsset('enhance-a1.js');
	expect(await response.text()).toBe(pageText);
	expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
	for (const file of ['secret.txt', 'page.json', '../page.json', 'enhance-old.js', '']) {
		expect((await getAsset(file)).status).toBe(404);
	}
});

test('before the scripts are built pages go without', async () => {
	const { pageScript } = await import('$lib/server/payer-page/scripts');
	expect(pageScript()).toBe(null);
	expect((await getEmbed()).status).toBe(404);
	await buildScripts();
	expect(pageScript()).toEqual({ path: '/assets/enhance-a1.js' });
});
