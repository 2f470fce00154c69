import { expect, test } from 'vitest';
import { ruleForVoucher, testVouchers } from '$lib/server/simulator/voucher-rules';

test.each([
	['CASHNOTE-0000-1111', { decision: { state: 'succeeded' }, reply: 'plain' }],
	['cashnote 0000 1111', { decision: { state: 'succeeded' } }],
	['Cashnote00001111', { decision: { state: 'succeeded' } }],
	['CASHNOTE–0000–1111', { decision: { state: 'succeeded' } }],
	['CASHNOTE-0000-2222', { decision: { reason: 'used_voucher' } }],
	['CASHNOTE-0000-4444', { decision: { state: 'succeeded' }, reply: 'hang' }],
	['CASHNOTE-0000-5555', { decision: { state: 'never_recorded' } }],
	['CASHNOTE-0000-7777', { decision: { state: 'accepted' } }],
	['CASHNOTE-0000-0000', { decision: { reason: 'invalid_voucher' } }],
	['0000-1111', { decision: { reason: 'invalid_voucher' } }],
	['', { decision: { reason: 'invalid_voucher' } }]
])('%s', (code, rule) => {
	expect(ruleForVoucher(code)).toMatchObject(rule);
});

test('codes are different, and their sentences do not give them away', () => {
	expect(new Set(testVouchers.map(({ input }) => input)).size).toBe(testVouchers.length);
	for (const { input, sentence } of testVouchers) {
		expect(sentence).toMatch(new RegExp(`^The test voucher ending in ${input.slice(-4)} .+\\.$`));
		expect(sentence).not.toContain(input);
	}
});
