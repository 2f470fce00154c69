import { describe, expect, test } from 'vitest';
import { chooseLocale, directionOf } from '$lib/i18n/locales';

describe('chooseLocale', () => {
	test.each([
		['ar', null, 'ar'],
		['ar-YE', 'en', 'ar'],
		['AR_eg', 'en', 'ar'],
		['en-GB', 'ar', 'en'],
		['ar-Arab-SA-u-nu-latn', null, 'ar'],
		['fr', 'ar', 'ar'],
		['arn', null, 'en'],
		['fr', null, 'en'],
		['', '', 'en'],
		[null, null, 'en']
	])('asked for %j with header %j: %s', (wanted, header, locale) => {
		expect(chooseLocale(wanted, header)).toBe(locale);
	});

	test.each([
		['ar', 'ar'],
		['ar-EG,ar;q=0.9,en;q=0.8', 'ar'],
		['en;q=0.8, ar;q=0.9', 'ar'],
		['ar;q=0.5,en;q=0.50', 'ar'],
		['fr-FR,fr;q=0.9,ar;q=0.2,en;q=0.1', 'ar'],
		['ar;q=0,en;q=0.1', 'en'],
		['ar;q=0', 'en'],
		['en;q=0,*', 'ar'],
		['fr,*;q=0.5', 'en'],
		['ar;q=2,en;q=0.1', 'en'],
		['ar;q=,en;q=0.1', 'en'],
		['ar ; q=0.7 , en ; q=0.3', 'ar'],
		[';;;,,,q=1', 'en'],
		['__proto__', 'en'],
		[`${'fr,'.repeat(5000)}ar`, 'en']
	])('header %.40j: %s', (header, locale) => {
		expect(chooseLocale(null, header)).toBe(locale);
	});
});

test('Arabic runs from right to left', () => {
	expect(directionOf('ar')).toBe('rtl');
	expect(directionOf('en')).toBe('ltr');
});
