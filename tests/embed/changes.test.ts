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

describe('in a page that changes', () => {
	test('two elements talk apart', async () => {
		await page.goto(stubs.merchant);
		await heard(2);
		await addElement({ token: 'tok_2' });
		expect(await typesHeard(4)).toEqual(['ready', 'pending', 'ready', 'pending']);
		const frames = payerFrames();
		expect(frames.map((frame) => new URL(frame.url()).pathname)).toEqual([
			'/pay/tok_1',
			'/pay/tok_2'
		]);
		await page.evaluate(() => {
			document.querySelector('cash-desk')?.addEventListener('cashdesk:cancel', () => {
				document.title += 'first';
			});
		});
		await frames[1]?.evaluate(() => window.channel.send('cancel', { status: 'canceled' }));
		await heard(5);
		expect(await page.title()).toBe('');
		await frames[0]?.evaluate(() => window.channel.send('cancel', { status: 'canceled' }));
		await heard(6);
		expect(await page.title()).toBe('first');
	});

	test('an element taken out and put back is ready again and repeats no state', async () => {
		await page.goto(stubs.merchant);
		await heard(2);
		await page.evaluate(() => {
			const element = document.querySelector('cash-desk');
			element?.remove();
			if (element) document.body.append(element);
		});
		await heard(3);
		await payerFrame().evaluate(() => window.channel.send('cancel', { status: 'canceled' }));
		expect(await typesHeard(4)).toEqual(['ready', 'pending', 'ready', 'cancel']);
	});

	test('another token is another payment in the same element', async () => {
		await page.goto(stubs.merchant);
		await heard(2);
		await page.locator('cash-desk').evaluate((element) => element.setAttribute('token', 'tok_2'));
		expect(await typesHeard(4)).toEqual(['ready', 'pending', 'ready', 'pending']);
		expect(await page.locator('iframe').count()).toBe(1);
		expect(new URL(payerFrame().url()).pathname).toBe('/pay/tok_2');
	});

	test('the script may come after the element, and come twice', async () => {
		const errors: Error[] = [];
		page.on('pageerror', (error) => errors.push(error));
		await page.goto(`${stubs.merchant}/two-scripts`);
		expect(await typesHeard(2)).toEqual(['ready', 'pending']);
		expect(errors).toEqual([]);
	});

	test('nothing is left behind', async () => {
		await page.goto(stubs.merchant);
		await heard(2);
		const devtools = await page.context().newCDPSession(page);
		await devtools.send('Performance.enable');
		const count = async () => {
			await devtools.send('HeapProfiler.collectGarbage');
			const { metrics } = await devtools.send('Performance.getMetrics');
			return (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
		};
		const cycle = async () => {
			const before = (await heard(0)).length;
			await page.evaluate(() => {
				document.querySelector('cash-desk')?.remove();
				const element = document.createElement('cash-desk');
				element.setAttribute('token', 'tok_1');
				document.body.append(element);
			});
			await heard(before + 2);
		};
		await cycle();
		const first = await count();
		for (let round = 0; round < 10; round++) await cycle();
		await expect.poll(async () => (await count())('Frames')).toBe(first('Frames'));
		await expect
			.poll(async () => (await count())('JSEventListeners'))
			.toBeLessThanOrEqual(first('JSEventListeners') + 2);
		expect(payerFrames()).toHaveLength(1);
		expect(await page.evaluate(() => Reflect.has(window, 'iFrameResize'))).toBe(false);
	});
});

describe('the dialog', () => {
	test.beforeEach(async () => {
		await openEmptyPage();
	});

	test('shows the page, hands on its events and says how it ended', async () => {
		const outcome = page.evaluate(() => {
			const handle = window.Cashdesk?.open({
				token: 'tok_1',
				onevent: ({ type }) => (document.title += `${type},`)
			});
			return handle?.closed;
		});
		const dialog = page.getByRole('dialog', { name: 'Payment page' });
		await dialog.waitFor();
		expect(await typesHeard(2)).toEqual(['ready', 'pending']);
		expect(await page.title()).toBe('cashdesk:ready,cashdesk:pending,');
		await dialog.getByRole('button', { name: 'Close' }).click();
		expect(await outcome).toEqual({
			type: 'pending',
			detail: { transaction_id: 'txn_1', tracking_id: 'order-1', status: 'pending' }
		});
		await expect.poll(() => payerFrames().length).toBe(0);
		expect(await page.evaluate(() => document.body.childElementCount)).toBe(1);
	});

	test('closes by Escape and by its handle', async () => {
		for (const way of ['escape', 'handle']) {
			const closed = page.evaluate((by) => {
				const handle = window.Cashdesk?.open({ token: 'tok_1', locale: 'ar' });
				if (by === 'handle') handle?.close();
				return handle?.closed;
			}, way);
			if (way === 'escape') {
				await page.getByRole('button', { name: 'إغلاق' }).waitFor();
				await page.keyboard.press('Escape');
			}
			await closed;
			expect(await page.getByRole('dialog').count()).toBe(0);
		}
	});

	test('closes by Escape in the frame, unless that page has a use for it', async () => {
		const closed = page.evaluate(() => window.Cashdesk?.open({ token: 'tok_1' }).closed);
		await heard(2);
		const dialog = page.getByRole('dialog', { name: 'Payment page' });
		const question = payerFrame().locator('#question');
		await payerFrame().evaluate(() => {
			const element = document.body.appendChild(document.createElement('dialog'));
			element.id = 'question';
			element.append(document.createElement('button'));
			element.showModal();
		});
		await question.getByRole('button').focus();
		await page.keyboard.press('Escape');
		await expect.poll(() => question.isVisible()).toBe(false);
		// What came before it over the same channel has been heard.
		await payerFrame().evaluate(() => window.channel.send('change', { status: 'pending' }));
		await heard(3);
		expect(await dialog.count()).toBe(1);
		await payerFrame().getByRole('button', { name: 'Pay' }).focus();
		// The frame that takes the key goes away with it, and then nobody answers for the press.
		await Promise.race([closed, page.keyboard.press('Escape')]);
		expect(await closed).toMatchObject({ type: 'pending' });
		expect(await dialog.count()).toBe(0);
	});
});
