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

describe('the element', () => {
	test('shakes hands and turns what the frame says into events', async () => {
		await page.goto(stubs.merchant);
		expect(await heard(2)).toEqual([
			{ type: 'ready', detail: {} },
			{
				type: 'pending',
				detail: { transaction_id: 'txn_1', tracking_id: 'order-1', status: 'pending' }
			}
		]);
	});

	test('has a titled frame that reserves its height before anything has loaded', async () => {
		await page.route('**/pay/*', () => undefined);
		await page.goto(stubs.merchant, { waitUntil: 'commit' });
		const frame = page.locator('cash-desk iframe');
		await frame.waitFor();
		expect(await frame.getAttribute('title')).toBe('Payment page');
		expect(await frame.getAttribute('allow')).toContain('payment');
		expect((await frame.boundingBox())?.height).toBe(480);
	});

	test('follows the height of the content', async () => {
		await page.goto(stubs.merchant);
		await heard(2);
		const height = async () => (await page.locator('cash-desk iframe').boundingBox())?.height;
		for (const [filler, least, most] of [
			[1000, 1001, 1200],
			[700, 701, 900],
			[10, 480, 480],
			[50_000, 20_000, 20_000]
		] as const) {
			await payerFrame().evaluate((px) => {
				const element = document.querySelector('#filler');
				if (element instanceof HTMLElement) element.style.height = `${px}px`;
			}, filler);
			await expect.poll(height).toSatisfy((px: number) => px >= least && px <= most);
		}
	});

	test('keeps talking when the form leads to a new document, and is ready once', async () => {
		await page.goto(stubs.merchant);
		await heard(2);
		await payerFrame().getByRole('button', { name: 'Pay' }).click();
		expect(await typesHeard(3)).toEqual(['ready', 'pending', 'success']);
		expect((await heard(3))[2]?.detail).toEqual({
			transaction_id: 'txn_1',
			tracking_id: 'order-1',
			status: 'successful'
		});
	});

	test('shows the top of a new document to who was at the end of the one before', async () => {
		await page.goto(stubs.merchant);
		await heard(2);
		await payerFrame().evaluate(() => {
			const filler = document.querySelector('#filler');
			if (filler instanceof HTMLElement) filler.style.height = '3000px';
			document.querySelector('form')?.before(filler ?? '');
		});
		// The merchant's page goes on below, so that a shorter frame alone moves nothing.
		await page.evaluate(() => {
			const below = document.body.appendChild(document.createElement('div'));
			below.style.height = '3000px';
		});
		const top = async () => (await page.locator('cash-desk iframe').boundingBox())?.y;
		await payerFrame().getByRole('button', { name: 'Pay' }).scrollIntoViewIfNeeded();
		await expect.poll(top).toBeLessThan(-1000);
		await payerFrame().getByRole('button', { name: 'Pay' }).click();
		await heard(3);
		await expect.poll(top).toBe(0);
	});

	async function reload(): Promise<void> {
		const navigated = page.waitForEvent('framenavigated');
		await payerFrame().evaluate(() => location.reload());
		await navigated;
	}

	test('tells a state once, however often its page says it', async () => {
		await page.goto(stubs.merchant);
		await heard(2);
		await reload();
		await payerFrame().getByRole('button', { name: 'Pay' }).click();
		await heard(3);
		await reload();
		await payerFrame().waitForLoadState();
		await payerFrame().evaluate(() => {
			window.channel.send('success', { transaction_id: 'txn_1', status: 'successful' });
			window.channel.send('cancel', { transaction_id: 'txn_2', status: 'canceled' });
		});
		expect(await typesHeard(5)).toEqual(['ready', 'pending', 'success', 'success', 'cancel']);
	});

	test('passes theme and language in the first address and by message after', async () => {
		await openEmptyPage();
		await addElement({ token: 'tok_1', theme: 'dark', locale: 'ar' });
		await heard(2);
		expect(payerFrame().url()).toBe(`${stubs.cashdesk}/pay/tok_1?theme=dark&locale=ar`);
		expect(await page.locator('iframe').getAttribute('title')).toBe('صفحة الدفع');
		const told = () => payerFrame().evaluate(() => window.heard);
		await expect.poll(told).toEqual(['theme dark', 'locale ar']);
		await page.locator('cash-desk').evaluate((element) => {
			element.setAttribute('theme', 'light');
			element.setAttribute('locale', 'en-GB');
			element.setAttribute('locale', 'not a language');
			element.removeAttribute('theme');
		});
		await expect
			.poll(told)
			.toEqual(['theme dark', 'locale ar', 'theme light', 'locale en-GB', 'theme auto']);
	});

	test('refuses a token that would lead elsewhere', async () => {
		await openEmptyPage();
		await addElement({ token: '../checkout' });
		expect(await heard(1)).toEqual([{ type: 'error', detail: { code: 'invalid_token' } }]);
		expect(await page.locator('iframe').count()).toBe(0);
	});
});

describe('a redirect', () => {
	const url = () => `${stubs.merchant}/thanks?status=successful`;

	test('leads the whole page there', async () => {
		await page.goto(stubs.merchant);
		await heard(2);
		await payerFrame().evaluate((to) => void window.channel.requestRedirect(to), url());
		await page.waitForURL(url());
		expect(await page.textContent('body')).toContain('Thank you');
	});

	test('can be prevented, and the frame hears that it need not go', async () => {
		await page.goto(stubs.merchant);
		await heard(2);
		await page.evaluate(() => {
			document.addEventListener('cashdesk:redirect', (event) => event.preventDefault());
		});
		const callerNavigates = await payerFrame().evaluate(
			(to) => window.channel.requestRedirect(to),
			url()
		);
		expect(callerNavigates).toBe(false);
		expect((await heard(3))[2]).toEqual({ type: 'redirect', detail: { url: url() } });
		expect(page.url()).toBe(`${stubs.merchant}/`);
	});

	test('never carries a script', async () => {
		await page.goto(stubs.merchant);
		await heard(2);
		const callerNavigates = await payerFrame().evaluate(() =>
			window.channel.requestRedirect('javascript:document.body.remove()')
		);
		expect(callerNavigates).toBe(true);
		expect(await typesHeard(2)).toEqual(['ready', 'pending']);
	});

	test('is left to the page when no merchant is around it', async () => {
		await page.goto(`${stubs.cashdesk}/pay/tok_1`);
		expect(await page.evaluate(() => window.channel.requestRedirect('https://a.test/'))).toBe(true);
	});

	test('is left to the page in a plain frame', async () => {
		await page.goto(`${stubs.merchant}/no-script`);
		await page.evaluate((src) => {
			const frame = document.createElement('iframe');
			frame.src = src;
			document.body.append(frame);
		}, `${stubs.cashdesk}/pay/tok_1`);
		await expect.poll(() => payerFrames().length).toBe(1);
		await payerFrame().waitForLoadState();
		expect(
			await payerFrame().evaluate(() => window.channel.requestRedirect('https://a.test/'))
		).toBe(true);
	});
});
