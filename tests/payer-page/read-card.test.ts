import { describe, expect, test } from 'vitest';
import { holdsCardNumber, readCard } from '../../src/lib/server/payer-page/read-card';

const now = Date.parse('2026-11-21T12:00:00Z');
const brands = ['visa', 'mastercard', 'american-express'];
const good = { number: '4242 4242 4242 4242', expiry: '12 / 30', code: '123', name: 'Ada Payer' };

function read(typed: Partial<typeof good>, at = now) {
	return readCard({ ...good, ...typed }, { now: at, brands });
}

function problems(typed: Partial<typeof good>, at = now): Record<string, string> {
	const result = read(typed, at);
	return 'problems' in result ? result.problems : {};
}

test('a card as it is typed', () => {
	expect(read({})).toEqual({
		card: {
			number: '4242424242424242',
			expiryMonth: 12,
			expiryYear: 2030,
			securityCode: '123',
			holderName: 'Ada Payer'
		}
	});
});

test.each(['4242-4242-4242-4242', ' 4242424242424242 ', '٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢', '۴۲۴۲۴۲۴۲۴۲۴۲۴۲۴۲'])(
	'the number %s is understood',
	(number) => {
		expect(read({ number })).toMatchObject({ card: { number: '4242424242424242' } });
	}
);

test.each(['12/30', '12 / 30', '12/2030', '1230', '122030', '12-30', '12 30', '١٢/٣٠', '12.2030'])(
	'the expiry %s is December 2030',
	(expiry) => {
		expect(read({ expiry })).toMatchObject({ card: { expiryMonth: 12, expiryYear: 2030 } });
	}
);

test('one digit for the month, with a slash', () => {
	expect(read({ expiry: '3/29' })).toMatchObject({ card: { expiryMonth: 3, expiryYear: 2029 } });
});

test.each([
	['', 'missing'],
	['4242 4242', 'incomplete'],
	['4242 4242 4242 4241', 'invalid'],
	['4242 4242 4242 4242 4242', 'too_long'],
	['hello', 'invalid'],
	['6011 1111 1111 1117', 'unsupported']
])('the number %j: %s', (number, problem) => {
	expect(problems({ number })).toEqual({ number: `card.number.problem.${problem}` });
});

test.each([
	['', 'missing'],
	['12', 'incomplete'],
	['123', 'incomplete'],
	['13/30', 'impossible'],
	['00/30', 'impossible'],
	['12/60', 'impossible'],
	['10/26', 'expired'],
	['12/2019', 'expired']
])('the expiry %j: %s', (expiry, problem) => {
	expect(problems({ expiry })).toEqual({ expiry: `card.expiry.problem.${problem}` });
});

test('a card is good until its month is over everywhere on earth', () => {
	const lastMoment = Date.parse('2026-12-01T11:59:59Z');
	expect(problems({ expiry: '11/26' }, lastMoment)).toEqual({});
	expect(Object.keys(problems({ expiry: '11/26' }, lastMoment + 1000))).toEqual(['expiry']);
});

describe('security code', () => {
	const amex = '3782 822463 10005';
	test.each([
		[good.number, '1234', 'card.code.problem.length_3'],
		[amex, '123', 'card.code.problem.length_4'],
		[good.number, '', 'card.code.problem.missing'],
		[good.number, 'abc', 'card.code.problem.length_3']
	])('of %s: %j', (number, code, problem) => {
		expect(problems({ number, code })).toEqual({ code: problem });
	});

	test('American Express has 4 digits', () => {
		expect(read({ number: amex, code: '1234' })).toMatchObject({ card: { securityCode: '1234' } });
	});
});

test.each([
	['', 'missing'],
	['   ', 'missing'],
	['4242 4242 4242 4242', 'card_number'],
	['Ada ٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢', 'card_number'],
	['a'.repeat(101), 'too_long']
])('the name %j: %s', (name, problem) => {
	expect(problems({ name })).toEqual({ name: `card.name.problem.${problem}` });
});

test('all faulty fields are named, and no problem holds a digit of the card', () => {
	const all = problems({ number: '4242424242424241', expiry: '10/20', code: '12', name: '' });
	expect(Object.keys(all)).toEqual(['number', 'expiry', 'code', 'name']);
	expect(JSON.stringify(all)).not.toMatch(/4242/);
});

test('a card number is found in any text', () => {
	expect(holdsCardNumber('my card 4242-4242-4242-4242 thanks')).toBe(true);
	expect(holdsCardNumber('1 234,50')).toBe(false);
});
