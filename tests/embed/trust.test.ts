import type { Frame, Page } from '@playwright/test';
import { describe, expect, test } from 'vitest';
import {
	addElement,
	heard,
	openEmptyPage,
	page,
	payerFrame,
	payerFrames,
	stubs,
	typesHeard,
	useMerchantPage
} from './merchant-page';

useMerchantPage();

describe('origins', () => {
	/** Posts a hello to the first frame of the page from `speaker`, and a ping after it. */
	async function sayHelloFrom(speaker: Page | Frame): Promise<void> {
		await speaker.evaluate(() => {
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => (document.title = 'answered');
			const host = window.parent.document.querySelector('cash-desk');
			const target = host?.shadowRoot?.querySelector('iframe')?.contentWindow;
			target?.postMessage({ cashdesk: 1, type: 'hello', nonce: 'x' }, '*', [port2]);
			target?.postMessage('ping', '*');
		});
		await expect.poll(() => payerFrame().evaluate(() => window.heard)).toContain('ping');
	}

	test('the frame answers no page that is not on its list', async () => {
		await page.clock.install();
		await openEmptyPage();
		await addElement({ token: 'unlisted' });
		await expect.poll(() => payerFrames().length).toBe(1);
		await payerFrame().waitForLoadState();
		await sayHelloFrom(page);
		await page.clock.fastForward(5000);
		expect(await heard(1)).toEqual([{ type: 'error', detail: { code: 'no_answer' } }]);
		expect(await page.title()).toBe('');
	});

	test('the frame answers nobody but its parent, and that one once', async () => {
		await page.goto(`${stubs.merchant}/no-script`);
		// A frame of ours without the element's script: nobody has said hello yet.
		await page.evaluate((src) => {
			const host = document.querySelector('cash-desk');
			const frame = document.createElement('iframe');
			frame.src = src;
			host?.attachShadow({ mode: 'open' }).append(frame);
			const stranger = document.createElement('iframe');
			stranger.src = '/strange';
			document.body.append(stranger);
		}, `${stubs.cashdesk}/pay/tok_1`);
		const stranger = () => page.frames().find((frame) => frame.url().endsWith('/strange'));
		await expect.poll(() => payerFrames().length === 1 && stranger() !== undefined).toBe(true);
		await payerFrame().waitForLoadState();
		const sibling = stranger();
		if (!sibling) throw new Error('There is no sibling');
		await sibling.waitForLoadState();

		await sayHelloFrom(sibling);
		expect(await sibling.title()).toBe('');
		await sayHelloFrom(page);
		await expect.poll(() => page.title()).toBe('answered');
		await page.evaluate(() => (document.title = ''));
		await payerFrame().evaluate(() => (window.heard = []));
		await sayHelloFrom(page);
		expect(await page.title()).toBe('');
	});

	test('the element says nothing to a foreign page in its frame', async () => {
		await page.clock.install();
		await page.addInitScript(() => {
			window.addEventListener('message', ({ data }) => {
				if (window.parent !== window) document.title += JSON.stringify(data);
			});
		});
		await page.goto(stubs.merchant);
		await heard(2);
		const frame = payerFrame();
		await frame.evaluate((to) => location.assign(to), `${stubs.merchant}/strange`);
		await frame.waitForURL(`${stubs.merchant}/strange`);
		await page.clock.fastForward(7000);
		await page.evaluate(() => {
			const host = document.querySelector('cash-desk');
			host?.setAttribute('theme', 'dark');
			host?.shadowRoot?.querySelector('iframe')?.contentWindow?.postMessage('ping', '*');
		});
		await expect.poll(() => frame.title()).toBe('"ping"');
	});

	test('iframe-resizer can do nothing to the merchant but set a height', async () => {
		await page.goto(stubs.merchant);
		await heard(2);
		const frame = page.locator('cash-desk iframe');
		await payerFrame().evaluate(() => {
			const filler = document.querySelector('#filler');
			if (filler instanceof HTMLElement) filler.style.height = '3000px';
		});
		await expect.poll(async () => (await frame.boundingBox())?.height).toBeGreaterThan(3000);
		const id = await frame.getAttribute('id');
		await payerFrame().evaluate((frameId) => {
			for (const word of ['close', 'scrollTo', 'message:"x"']) {
				window.parent.postMessage(`[iFrameSizer]${frameId}:900:900:${word}`, '*');
			}
		}, id);
		await payerFrame().evaluate(() => window.channel.send('cancel', { status: 'canceled' }));
		await heard(3);
		expect(await frame.count()).toBe(1);
		expect(await page.evaluate(() => window.scrollY)).toBe(0);
		expect(await typesHeard(3)).toEqual(['ready', 'pending', 'cancel']);
	});

	test('iframe-resizer in the frame hears the merchant alone', async () => {
		const warnings: string[] = [];
		page.on('console', (message) => {
			if (message.text().includes('onMessage')) warnings.push(message.text());
		});
		await page.goto(stubs.merchant);
		await heard(2);
		// The frame's height follows its content once iframe-resizer runs on both sides.
		await payerFrame().evaluate(() => document.body.append(document.createElement('hr')));
		const sized = () => page.locator('cash-desk iframe').evaluate((frame) => frame.style.maxHeight);
		await expect.poll(sized).not.toBe('');
		await page.evaluate(() => {
			const stranger = document.createElement('iframe');
			stranger.src = '/strange';
			document.body.append(stranger);
		});
		const isStranger = (frame: Frame) => frame.url().endsWith('/strange');
		await expect.poll(() => page.frames().some(isStranger)).toBe(true);
		const stranger = page.frames().find(isStranger);
		await stranger?.waitForLoadState();

		const speak = (speaker: Page | Frame) =>
			speaker.evaluate(() => {
				const host = window.parent.document.querySelector('cash-desk');
				const target = host?.shadowRoot?.querySelector('iframe')?.contentWindow;
				target?.postMessage('[iFrameSizer]message:1', '*');
				target?.postMessage('ping', '*');
			});
		const pings = () => payerFrame().evaluate(() => window.heard.length);
		if (stranger) await speak(stranger);
		await expect.poll(pings).toBe(1);
		expect(warnings).toEqual([]);
		await speak(page);
		await expect.poll(() => warnings.length).toBe(1);
	});
});

describe('without an answer', () => {
	const link = () => page.getByRole('link', { name: 'Open the payment page in a new tab' });

	test('a link to the page comes after five seconds', async () => {
		await page.clock.install();
		await openEmptyPage();
		await addElement({ token: 'refused' });
		expect(await link().count()).toBe(0);
		expect(await page.locator('cash-desk iframe').isVisible()).toBe(true);
		await page.clock.fastForward(5000);
		expect(await heard(1)).toEqual([{ type: 'error', detail: { code: 'no_answer' } }]);
		expect(await link().getAttribute('href')).toBe(`${stubs.cashdesk}/pay/refused`);
		expect(await link().getAttribute('target')).toBe('_blank');
		// What the browser shows in place of a refused page.
		expect(await page.locator('cash-desk iframe').isVisible()).toBe(false);
	});

	test('the link goes when the page answers after all', async () => {
		await page.clock.install();
		let release: () => void = () => undefined;
		const released = new Promise<void>((resolve) => (release = resolve));
		await page.route('**/pay/tok_1', async (route) => {
			await released;
			await route.continue();
		});
		await openEmptyPage();
		await addElement({ token: 'tok_1' });
		await page.clock.fastForward(5000);
		await link().waitFor();
		release();
		expect(await typesHeard(3)).toEqual(['error', 'ready', 'pending']);
		expect(await link().count()).toBe(0);
		expect(await page.locator('cash-desk iframe').isVisible()).toBe(true);
	});

	test('an answer in time leaves no link', async () => {
		await page.clock.install();
		await page.goto(stubs.merchant);
		await heard(2);
		await page.clock.fastForward(60_000);
		expect(await link().count()).toBe(0);
		expect(await typesHeard(2)).toEqual(['ready', 'pending']);
	});
});
