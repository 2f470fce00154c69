import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { ar } from '$lib/i18n/messages/ar';
import { en, type MessageKey } from '$lib/i18n/messages/en';
import { translator, type Translate } from '$lib/i18n/translate';
import { formatMoney } from '$lib/money/format-money';

type AnyTranslate = (key: MessageKey, values?: Record<string, string | number>) => string;

const keys = Object.keys(en) as MessageKey[];
const english = translator('en');
const arabic = translator('ar');
const numeric = ['minutes', 'digits'];

/** Every value a message could ask for, so that any of them can be formatted. */
function valuesFor(names: Iterable<string>) {
	return Object.fromEntries(
		[...names].map((name) => [name, numeric.includes(name) ? 3 : `<b>${name}</b>`])
	);
}

interface Element {
	type: number;
	value?: unknown;
	options?: Record<string, { value: Element[] }>;
}

/** Names in a parsed message. Types: 0 is text, 7 the number sign in a plural. */
function namesIn(elements: Element[]): string[] {
	return elements.flatMap(({ type, value, options = {} }) => [
		...(type === 0 || type === 7 ? [] : [String(value)]),
		...Object.values(options).flatMap((option) => namesIn(option.value))
	]);
}

function namesOf(message: string): Set<string> {
	const parsed = new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true });
	return new Set(namesIn(parsed.getAst() as Element[]));
}

describe('messages', () => {
	test('are the same in both languages, and none is empty', () => {
		expect(Object.keys(ar)).toEqual(keys);
		for (const text of [...Object.values(en), ...Object.values(ar)]) {
			expect(text.trim()).not.toBe('');
		}
	});

	test.each(keys)('%s asks for the same values in both languages', (key) => {
		expect(namesOf(ar[key])).toEqual(namesOf(en[key]));
	});

	test.each(keys)('%s can be formatted in both languages, values as they are', (key) => {
		const names = namesOf(en[key]);
		for (const translate of [english, arabic] as AnyTranslate[]) {
			const text = translate(key, valuesFor(names));
			expect(text).not.toMatch(/[{}]/);
			for (const name of names) {
				if (!numeric.includes(name)) expect(text).toContain(`<b>${name}</b>`);
			}
		}
	});

	test('Arabic texts are Arabic', () => {
		const latinOnly = keys.filter((key) => !/\p{Script=Arabic}/u.test(ar[key]));
		expect(latinOnly).toEqual(['card.expiry.placeholder']);
	});
});

describe('translator', () => {
	test('writes the texts that journeys and screen readers look for', () => {
		const amount = formatMoney({ amount: 1005, currency: 'EUR' }, 'en');
		expect(english('card.pay', { amount })).toBe('Pay €10.05');
		expect(english('card.number.label')).toBe('Card number');
		expect(english('card.expiry.label')).toBe('Expiry date');
		expect(english('card.code.label')).toBe('Security code');
		expect(english('card.name.label')).toBe('Name on card');
	});

	test.each([
		[0, 'Less than a minute left', 'بقي أقل من دقيقة'],
		[1, '1 minute left', 'بقيت دقيقة واحدة'],
		[2, '2 minutes left', 'بقيت دقيقتان'],
		[3, '3 minutes left', 'بقيت ٣ دقائق'],
		[10, '10 minutes left', 'بقيت ١٠ دقائق'],
		[11, '11 minutes left', 'بقيت ١١ دقيقة'],
		[100, '100 minutes left', 'بقيت ١٠٠ دقيقة']
	])('%i minutes left', (minutes, inEnglish, inArabic) => {
		expect(english('time.left', { minutes })).toBe(inEnglish);
		expect(arabic('time.left', { minutes })).toBe(inArabic);
	});

	test.each([
		[0, 'Enter a whole amount', 'أدخل مبلغًا صحيحًا من دون كسور عشرية'],
		[2, 'Use at most 2 decimals', 'أدخل منزلتين عشريتين على الأكثر'],
		[3, 'Use at most 3 decimals', 'أدخل ٣ منازل عشرية على الأكثر']
	])('%i decimals', (digits, inEnglish, inArabic) => {
		const key = 'amount.problem.too_many_decimals';
		expect(english(key, { digits })).toBe(inEnglish);
		expect(arabic(key, { digits })).toBe(inArabic);
	});

	test('a value is text, whatever it looks like', () => {
		const merchant = "<script>{amount}</script> '#' & Söhne";
		expect(english('result.back', { merchant })).toBe(`Back to ${merchant}`);
	});

	test('a value of the other direction is isolated, one of the same in English is not', () => {
		expect(english('result.back', { merchant: 'Shop' })).toBe('Back to Shop');
		expect(english('result.back', { merchant: 'متجر' })).toBe('Back to \u2068متجر\u2069');
		expect(arabic('result.back', { merchant: 'Shop!' })).toBe('العودة إلى \u2068Shop!\u2069');
	});

	test('a value that is missing is a defect, for the compiler and at run time', () => {
		// @ts-expect-error the merchant's name is missing
		const withoutValue = () => english('result.back', {});
		// @ts-expect-error the values are missing
		const withoutValues = () => english('result.back');
		expect(withoutValue).toThrow();
		expect(withoutValues).toThrow();
	});

	test('a key chosen at run time takes the values of any of its kind', () => {
		const backOrHeading = (key: 'card.heading' | 'card.pay', translate: Translate) =>
			translate(key, { amount: '€1.00' });
		expect(backOrHeading('card.heading', english)).toBe('Card details');
		expect(backOrHeading('card.pay', english)).toBe('Pay €1.00');
	});
});
