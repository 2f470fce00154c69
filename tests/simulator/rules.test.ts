import { describe, expect, test } from 'vitest';
import { ruleFor, testCards } from '$lib/server/simulator/rules';

const digits = (text: string) => text.replaceAll(' ', '');

function passesLuhn(number: string): boolean {
	const sum = [...number]
		.reverse()
		.map((digit, at) => (at % 2 ? Number(digit) * 2 : Number(digit)))
		.reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
	return sum % 10 === 0;
}

describe('test cards', () => {
	test('have numbers that are valid and different', () => {
		for (const { number } of testCards) expect(passesLuhn(digits(number)), number).toBe(true);
		expect(new Set(testCards.map(({ number }) => number)).size).toBe(testCards.length);
	});

	test('state their rule without a card number in it', () => {
		for (const { number, sentence } of testCards) {
			expect(sentence).toMatch(new RegExp(`^The test card ending in ${number.slice(-4)} .+\\.$`));
			expect(digits(sentence)).not.toMatch(/\d{5}/);
		}
	});

	test.each([
		['4242 4242 4242 4242', { state: 'succeeded' }],
		['4111 1111 1111 1111', { state: 'succeeded' }],
		['5555 5555 5555 4444', { state: 'succeeded' }],
		['3782 822463 10005', { state: 'succeeded' }],
		['4000 0000 0000 0002', { state: 'declined', reason: 'declined' }],
		['4000 0000 0000 9995', { state: 'declined', reason: 'insufficient_funds' }],
		['4000 0000 0000 0069', { state: 'declined', reason: 'expired_card' }],
		['4000 0000 0000 9987', { state: 'declined', reason: 'lost_card' }],
		['4000 0000 0000 0119', { state: 'declined', reason: 'processing_error' }],
		['4000 0000 0000 3055', { state: 'succeeded' }],
		['4000 0000 0000 3220', { state: 'challenge' }]
	])('%s', (number, decision) => {
		expect(ruleFor(digits(number))).toMatchObject({ decision, reply: 'plain', notice: 'soon' });
	});
});

test('a valid number that is no test card is declined and told where those are', () => {
	const { decision, sentence } = ruleFor('4539578763621486');
	expect(decision).toEqual({ state: 'declined', reason: 'declined' });
	expect(sentence).toContain('/simulator');
	expect(sentence).not.toContain('4539');
});

test('a number that is none is declined as such', () => {
	expect(ruleFor('4242424242424241').decision).toEqual({
		state: 'declined',
		reason: 'invalid_number'
	});
});
