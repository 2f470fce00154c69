import { expect, test } from 'vitest';
import { pagePath, readPageRequest } from '../../src/lib/server/payer-page/page-request';

const session = { locale: null, theme: 'auto' } as const;

function read(query: string, headers: Record<string, string> = {}, from: object = {}) {
	const url = new URL(`http://localhost/pay/abc?${query}`);
	return readPageRequest({ ...session, ...from }, 'abc', url, new Headers(headers));
}

test('theme and language of the address win, and are carried on', () => {
	const request = read('theme=dark&locale=ar', {}, { locale: 'en', theme: 'light' });
	expect(request).toMatchObject({ theme: 'dark', locale: 'ar', formatLocale: 'ar' });
	expect(pagePath(request, 'return')).toBe('/pay/abc/return?theme=dark&locale=ar');
});

test('what is no theme and no language of ours is ignored', () => {
	const request = read('theme=neon&locale=tlh&x=%00&x=2&amount=%F0%9F%92%B6');
	expect(request).toMatchObject({ theme: 'auto', locale: 'en', carried: {} });
	expect(pagePath(request)).toBe('/pay/abc');
});

test("without a merchant's wish the browser's language counts", () => {
	expect(read('', { 'accept-language': 'ar-YE,en;q=0.5' }).locale).toBe('ar');
	expect(read('', { 'accept-language': 'ar' }, { locale: 'en-GB' }).locale).toBe('en');
});

test("amounts follow the merchant's region only in the page's language", () => {
	expect(read('', {}, { locale: 'ar-MA' }).formatLocale).toBe('ar-MA');
	expect(read('locale=en', {}, { locale: 'ar-MA' }).formatLocale).toBe('en');
	expect(read('', {}, { locale: 'en-!!' }).formatLocale).toBe('en');
});

test('a browser that fills a frame says so', () => {
	expect(read('', { 'sec-fetch-dest': 'iframe' }).framed).toBe(true);
	expect(read('', { 'sec-fetch-dest': 'document' }).framed).toBe(false);
});

test('only notices that the page knows are said', () => {
	expect(read('notice=card_removed').notice).toBe('card_removed');
	expect(read('notice=You+have+won').notice).toBeNull();
});
