import { isValidIBAN } from 'ibantools';
import { describe, expect, test } from 'vitest';
import {
	ruleForEnding,
	ruleForIban,
	ruleForWallet,
	testEndings,
	testIbans,
	testWallets
} from '$lib/server/simulator/payout-rules';

const plain = (text: string) => text.replaceAll(' ', '');

describe('test accounts', () => {
	test('are valid, different, and told without their number', () => {
		for (const { input, sentence } of testIbans) {
			expect(isValidIBAN(plain(input)), input).toBe(true);
			expect(sentence).toMatch(
				new RegExp(`^The test account ending in ${plain(input).slice(-4)} `)
			);
			expect(plain(sentence)).not.toContain(plain(input));
		}
		expect(new Set(testIbans.map(({ input }) => input)).size).toBe(testIbans.length);
		expect(testEndings).toHaveLength(testIbans.length);
		expect(testWallets).toHaveLength(testIbans.length);
	});

	test('each does the same as an IBAN, an ending and a wallet', () => {
		for (const [at, { input }] of testIbans.entries()) {
			const ending = testEndings[at]?.input.slice(-2) ?? '';
			const wallet = testWallets[at]?.input.replace('…', 'pebble.example') ?? '';
			const { name, decision, reply } = ruleForIban(input);
			const same = { name, decision, reply };
			expect(ruleForEnding(`123456${ending}`, 'The account')).toMatchObject(same);
			expect(ruleForWallet(wallet)).toMatchObject(same);
		}
	});
});

test.each([
	['an IBAN', () => ruleForIban('PT50000201231234567890154')],
	['an account', () => ruleForEnding('12345699', 'The account')],
	['a wallet', () => ruleForWallet('ada@pebble.example')]
])('%s that is not in the table is paid', (_, rule) => {
	expect(rule()).toMatchObject({ decision: { state: 'succeeded' }, reply: 'plain' });
});

test.each([
	['an IBAN with wrong check digits', () => ruleForIban('PT51000201231234567890154')],
	['what is no IBAN', () => ruleForIban('1234')],
	['an account without digits', () => ruleForEnding('none', 'The account')],
	['a wallet without a place', () => ruleForWallet('paid@')],
	['a wallet without a name', () => ruleForWallet('@pebble.example')]
])('%s is refused as invalid', (_, rule) => {
	expect(rule().decision).toEqual({ state: 'declined', reason: 'invalid_account' });
});

test('letters may be small and spaces may be there', () => {
	expect(ruleForIban('gb29 nwbk 6016 1331 9268 19').name).toBe('payout_refused');
	expect(ruleForWallet('REFUSED@pebble.example').name).toBe('payout_refused');
});
