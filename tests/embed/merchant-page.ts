import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Frame, type Page } from '@playwright/test';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { startStubPages, type StubPages } from './stub-pages';

/** A `cashdesk:` event that the merchant's page got. */
export interface Heard {
	type: string;
	detail: Record<string, string>;
}

declare global {
	interface Window {
		events: Heard[];
		violations: string[];
	}
}

let browser: Browser;
/** Both are there as soon as a test runs that has called `useMerchantPage`. */
export let stubs: StubPages;
export let page: Page;

/**
 * Gives every test of a file a merchant's page of its own in a real browser, with the embed script
 * as it is built. No test may break the strict policy of that page.
 */
export function useMerchantPage(): void {
	let folder: string;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'embed-'));
		const embed = await buildScript('embed-script', join(folder, 'embed'));
		const entry = 'tests/embed/fixtures/payer-page.ts';
		const payerPage = await buildScript('page-script', join(folder, 'page'), entry);
		stubs = await startStubPages({ embed, payerPage });
		browser = await chromium.launch({
			...(existsSync('/usr/bin/chromium') && { executablePath: '/usr/bin/chromium' }),
			args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
		});
	});

	afterAll(async () => {
		await browser.close();
		await stubs.close();
		await rm(folder, { recursive: true });
	});

	beforeEach(async () => {
		page = await browser.newPage();
		await page.addInitScript(() => {
			window.events = [];
			window.violations = [];
			for (const name of 'ready change pending success failure cancel redirect error'.split(' ')) {
				document.addEventListener(`cashdesk:${name}`, (event) => {
					if (event instanceof CustomEvent) {
						window.events.push({ type: name, detail: event.detail });
					}
				});
			}
			document.addEventListener('securitypolicyviolation', (event) => {
				window.violations.push(`${event.violatedDirective} ${event.sample}`);
			});
		});
	});

	afterEach(async () => {
		const violations = await page.evaluate(() => window.violations);
		await page.close();
		expect(violations).toEqual([]);
	});
}

/** Builds a script as `npm run build` does; another entry takes the place of the configured one. */
async function buildScript(mode: string, outDir: string, entry?: string): Promise<string> {
	const lib = entry && { entry, formats: ['iife' as const], name: 'cashdesk' };
	await build({
		configFile: 'vite.config.ts',
		mode,
		logLevel: 'error',
		build: { outDir, ...(lib && { lib }) }
	});
	const files = readdirSync(outDir).filter((name) => name.endsWith('.js'));
	expect(files).toHaveLength(1);
	return readFileSync(join(outDir, String(files[0])), 'utf8');
}

/** Opens a page that has the script and no element. */
export async function openEmptyPage(): Promise<void> {
	await page.goto(`${stubs.merchant}/empty`);
	await page.waitForFunction(() => window.Cashdesk);
}

export async function addElement(attributes: Record<string, string>): Promise<void> {
	await page.evaluate((all) => {
		const element = document.createElement('cash-desk');
		for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
		document.body.append(element);
	}, attributes);
}

/** All events so far, once there are `count` at least. */
export async function heard(count: number): Promise<Heard[]> {
	await expect.poll(() => page.evaluate(() => window.events.length)).toBeGreaterThanOrEqual(count);
	return page.evaluate(() => window.events);
}

export async function typesHeard(count: number): Promise<string[]> {
	return (await heard(count)).map(({ type }) => type);
}

export function payerFrames(): Frame[] {
	return page.frames().filter((frame) => frame.url().startsWith(`${stubs.cashdesk}/pay/`));
}

export function payerFrame(): Frame {
	const [frame] = payerFrames();
	if (!frame) throw new Error('There is no frame');
	return frame;
}
