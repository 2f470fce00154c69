import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '$lib/server/log/redact';

const visa = '4111111111111111';

describe('card numbers', () => {
	it.each([
		visa,
		'4111 1111 1111 1111',
		'4111-1111-1111-1111',
		'4111 - 1111 - 1111 - 1111',
		'4111.1111.1111.1111',
		'4111\u00a01111\u20111111\u20131111',
		'4111%201111%201111%201111',
		'4111+1111+1111+1111',
		'4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
		'4111\u200b1111\u200b1111\u200b1111',
		'378282246310005',
		'3782 822463 10005',
		'30569309025904',
		'4222222222222',
		'6304000000000000',
		'6304000000000000000',
		'5555555555554444',
		'2223003122003222',
		'٤١١١١١١١١١١١١١١١',
		'۴۱۱۱ ۱۱۱۱ ۱۱۱۱ ۱۱۱۱',
		'４１１１１１１１１１１１１１１１',
		'४१११११११११११११११',
		'𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏',
		'𝟺𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷𝟷'
	])('%s is hidden alone and in a sentence', (number) => {
		expect(redact(number)).toBe('[card]');
		expect(redact(`number ${number} was declined`)).toBe('number [card] was declined');
		expect(redact(`x${number}y${number}z`)).toBe('x[card]y[card]z');
	});

	it('is found among other digits', () => {
		expect(redact(`try 3 ${visa} 12/30`)).not.toContain(visa);
		expect(redact(`%22card%22%3A%22${visa}%22`)).not.toContain(visa);
		expect(redact(`00${visa}1230123`)).not.toContain(visa);
		expect(redact(`;${visa}=30121010000000000?`)).not.toContain(visa);
		expect(redact(`${visa}\n${visa} ${visa}`)).not.toMatch(/\d/);
	});

	it('is hidden as a number, a key and in every container', () => {
		expect(redact(Number(visa))).toBe('[card]');
		expect(redact(BigInt(visa))).toBe('[card]');
		expect(redact({ [visa]: 1 })).toEqual({ '[card]': 1 });
		expect(redact([[visa], new Set([visa]), new Map([[visa, visa]])])).toEqual([
			['[card]'],
			['[card]'],
			{ '[card]': '[card]' }
		]);
		expect(redact(new URL(`https://x.test/${visa}`))).toBe('https://x.test/[card]');
	});

	it.each([
		'4111111111111112',
		'411111111111',
		'01998a3c-1234-7abc-8def-0123456789ab',
		'01998111-1111-7111-8111-11111111111a',
		'2026-07-01T12:00:00.000Z',
		'203.0.113.7',
		'amount 200.00 GBP'
	])('%s is none', (text) => {
		expect(redact(text)).toBe(text);
	});

	it('made at random never gets through, whatever stands between its digits and around it', () => {
		const gap = fc.constantFrom('', '', '', ' ', '-', ' - ', '\u00a0', '.', '%20');
		const around = fc.string({ unit: fc.constantFrom('a', '"', ':', ' ', '\n', '=', 'é') });
		const digits = fc.array(fc.nat(9), { minLength: 12, maxLength: 18 });
		fc.assert(
			fc.property(
				digits,
				fc.array(gap, { minLength: 18, maxLength: 18 }),
				around,
				(body, gaps, text) => {
					const number = [...body, checkDigit(body)];
					const written = number.map((digit, at) => `${digit}${gaps[at] ?? ''}`).join('');
					expect(redact(`${text}x${written}y${text}`)).not.toContain(written.slice(0, 13));
				}
			),
			{ numRuns: 2000 }
		);
	});

	it('does not slip through where a long text is cut', () => {
		for (let length = 16_100; length <= 16_700; length += 7) {
			const shown = String(redact(`${'x'.repeat(length)}${visa}${'y'.repeat(1000)}`));
			expect(shown).not.toContain('41111111');
			expect(shown.length).toBeLessThan(16_400);
		}
		expect(String(redact(`${visa} `.repeat(2000)))).not.toMatch(/\d/);
	});
});

describe('fields', () => {
	it.each([
		...['card_number', 'cardNumber', 'CARD-NUMBER', 'Card Number', 'pan', 'track2'],
		...['cvc', 'CVV', 'cvv2', 'csc', 'card_cvc', 'security_code', 'securityCode'],
		...['password', 'newPassword', 'encrypted_password', 'signature_password', 'pwd', 'pin'],
		...['secret', 'client_secret', 'webhookSecret', 'authorization', 'Proxy-Authorization'],
		...['x-api-key', 'X-API-Key', 'apiKey', 'token', 'access_token', 'cookie', 'Set-Cookie']
	])('%s is hidden by its name', (name) => {
		const hidden = { [name]: '[redacted]' };
		expect(redact({ [name]: 'abc 1' })).toEqual(hidden);
		expect(redact([{ deep: { [name]: { any: ['thing'] } } }])).toEqual([{ deep: hidden }]);
	});

	it('under a card, its number is hidden though it is no card number', () => {
		const order = { number: 7, card: { number: '4111', holder: 'A', data: [{ number: 5 }] } };
		expect(redact(order)).toEqual({
			number: 7,
			card: { number: '[redacted]', holder: 'A', data: [{ number: '[redacted]' }] }
		});
	});

	it('of a request are hidden, the others kept', () => {
		const headers = new Headers({ 'x-api-key': 'k', accept: 'text/html', cookie: 'a=b' });
		const expected = { 'x-api-key': '[redacted]', accept: 'text/html', cookie: '[redacted]' };
		expect(redact(headers)).toEqual(expected);
	});

	it('that say nothing secret stay as they are', () => {
		const fields = { status: 200, ok: true, none: null, path: '/api/v1/cashier', at: new Date(0) };
		expect(redact(fields)).toEqual({ ...fields, at: '1970-01-01T00:00:00.000Z' });
	});
});

describe('texts', () => {
	it.each([
		['{"card":{"number":"1","cvc":"1 23"}}', '1 23'],
		['{\\"cvc\\":\\"123\\"}', '123'],
		['{"password":"a\\"bcd"}', 'bcd'],
		['card[cvc]=123&x=1', '123'],
		['card%5Bcvc%5D=123&x=1', '123'],
		['cvc: 123', '123'],
		['card_number: 4111 1111 1111 1111', '11'],
		['cvc=123 4111111111111111', '12'],
		["{ securityCode: '12 3' }", '12 3'],
		['<card><cvc>123</cvc></card>', '123'],
		['<c:Password type="x">hunter2</c:Password>', 'hunter2'],
		['Cookie: a=one; b=two', 'two'],
		['authorization: Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
		['sent Bearer abcdefghijkl', 'abcdefghijkl'],
		['https://user:hunter2@x.test/', 'hunter2'],
		['key cd_live_5r42OIMDiaGIVtQ15H87qGvryod0ADTgs refused', '5r42'],
		['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD', 'C2FV'],
		['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'c2lnbmF0'],
		['GET /pay/Zm9vYmFyYmF6/return?x=1', 'Zm9v'],
		['next=%2Fpay%2FZm9vYmFyYmF6', 'Zm9v'],
		['/checkout/17?expires=1&signature=deadbeef', 'deadbeef'],
		['/x?token=abcdef#y', 'abcdef']
	])('%s loses its secret', (text, secret) => {
		expect(redact(text)).not.toContain(secret);
		expect(redact(text)).toContain('[redacted]');
	});

	it('keep what is around a secret', () => {
		expect(redact('GET /pay/Zm9v/return?x=1 200')).toBe('GET /pay/[redacted]/return?x=1 200');
		expect(redact('/checkout/17?expires=1&signature=dead&y=2')).toBe(
			'/checkout/17?expires=1&signature=[redacted]&y=2'
		);
		expect(redact('{"id":"7","cvc":"123","next":1}')).toBe(
			'{"id":"7","cvc":"[redacted]","next":1}'
		);
		expect(redact('/payments/17 paid by card: declined')).toBe(
			'/payments/17 paid by card: declined'
		);
	});
});

describe('bounds', () => {
	it('ends with circles, depth, width, bytes and whatever throws', () => {
		const circle: Record<string, unknown> = { name: 'a' };
		circle.self = circle;
		circle.many = Array.from({ length: 100_000 }, () => circle);
		expect(JSON.stringify(redact(circle)).length).toBeLessThan(100_000);
		expect(JSON.stringify(redact(Array(100_000).fill('x'))).length).toBeLessThan(1000);
		expect(redact(Buffer.from(visa))).toBe('[16 bytes]');
		expect(redact(() => visa)).toBe('[function]');
		const trap = Object.defineProperty({}, 'x', {
			enumerable: true,
			get() {
				throw new Error(visa);
			}
		});
		expect(redact({ trap, y: 1 })).toEqual({ trap: '[unreadable]', y: 1 });
	});

	it('never throws, whatever is printed', () => {
		fc.assert(
			fc.property(fc.anything({ withBigInt: true, withMap: true, withSet: true }), (value) => {
				JSON.stringify(redact(value));
			})
		);
	});
});

function checkDigit(body: number[]): number {
	const sum = body.toReversed().reduce((total, digit, at) => {
		const doubled = at % 2 === 0 ? digit * 2 : digit;
		return total + (doubled > 9 ? doubled - 9 : doubled);
	}, 0);
	return (10 - (sum % 10)) % 10;
}
