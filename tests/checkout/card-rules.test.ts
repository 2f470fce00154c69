import cardValidator from 'card-validator';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	codeProblem,
	expiryProblem,
	formatExpiry,
	groupNumber,
	kindOf,
	nameProblem,
	numberProblem,
	passesLuhn
} from '../../src/lib/checkout/card-rules';

const now = Date.parse('2026-11-21T12:00:00Z');
const accepted = ['visa', 'mastercard', 'american-express'];

test('Luhn agrees with any single wrong digit being found', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
			const digits = [...'4242424242424242'].map(Number);
			const wrong = digits.map((digit, place) => (place === at ? (digit + by) % 10 : digit));
			expect(passesLuhn(wrong.join(''))).toBe(false);
		})
	);
	expect(passesLuhn('4242424242424242')).toBe(true);
});

test('no number that the server would take is refused while typing', () => {
	const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 19 });
	const beginnings = ['4', '5', '2', '34', '37', ''];
	fc.assert(
		fc.property(fc.constantFrom(...beginnings), digits, (beginning, rest) => {
			const number = (beginning + rest.join('')).slice(0, 19);
			const { isValid, card } = cardValidator.number(number);
			fc.pre(isValid && accepted.includes(card?.type ?? ''));
			expect(numberProblem(number, accepted)).toBeNull();
			expect(kindOf(number)?.codeLength).toBe(card?.code.size);
		}),
		{ numRuns: 200 }
	);
});

test.each([
	['', 'missing'],
	['42424242', 'incomplete'],
	['4242424242424241', 'invalid'],
	['42424242424242424242', 'too_long'],
	['6011111111111117', 'unsupported'],
	['5555555555554444', null],
	['378282246310005', null]
])('%j: %s', (digits, problem) => {
	expect(numberProblem(digits, accepted)).toBe(problem);
});

test('where brands are accepted that it does not know, it leaves the judgement to the server', () => {
	expect(numberProblem('6011111111111117', ['visa', 'elo'])).toBeNull();
});

describe('groups', () => {
	test.each([
		['4242424242424242', '4242 4242 4242 4242'],
		['378282246310005', '3782 822463 10005'],
		['37828', '3782 8'],
		['', ''],
		['42424242424242424242', '4242 4242 4242 4242 4242']
	])('%s', (digits, text) => {
		expect(groupNumber(digits)).toBe(text);
	});

	test('no digit is lost, whatever is typed', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^\d{0,25}$/), (digits) => {
				expect(groupNumber(digits).replaceAll(' ', '')).toBe(digits);
			})
		);
	});
});

test.each([
	['1', true, '1'],
	['12', true, '12 / '],
	['12', false, '12'],
	['123', true, '12 / 3'],
	['1230', true, '12 / 30'],
	['122030', true, '12 / 2030'],
	['5', true, '05 / ']
])('expiry %s (adding: %s) is written %j', (digits, adding, text) => {
	expect(formatExpiry(digits, adding)).toBe(text);
});

test.each([
	['', 'missing'],
	['12', 'incomplete'],
	['1326', 'impossible'],
	['1026', 'expired'],
	['1126', null],
	['122030', null]
])('expiry %j: %s', (digits, problem) => {
	expect(expiryProblem(digits, now)).toBe(problem);
});

test('codes and names', () => {
	expect(codeProblem('123', kindOf('37')?.codeLength)).toBe('length_4');
	expect(codeProblem('1234', kindOf('4')?.codeLength)).toBe('length_3');
	expect(codeProblem('123', undefined)).toBeNull();
	expect(nameProblem('Ada', '')).toBeNull();
	expect(nameProblem('4242424242424242', '4242424242424242')).toBe('card_number');
});
