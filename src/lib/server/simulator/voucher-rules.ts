import { approve, decideLater, decline, loseIt, rule, type Rule, type TestInput } from './rule';

interface TestVoucher extends Rule, TestInput {}

/** Every voucher code; the brand is as make-believe as the shop that would sell them. */
export const testVouchers: readonly TestVoucher[] = [
	voucher('1111', 'voucher_paid', approve, 'pays any amount, as often as you like'),
	voucher('2222', 'voucher_used', decline('used_voucher'), 'has been used before'),
	voucher('3333', 'voucher_small', decline('insufficient_funds'), 'is never worth enough'),
	voucher('4444', 'voucher_hang_paid', approve, 'pays, but the answer never comes', {
		reply: 'hang'
	}),
	voucher('5555', 'voucher_hang_lost', loseIt, 'gets lost on the way: no answer, nothing paid', {
		reply: 'hang'
	}),
	voucher(
		'6666',
		'voucher_error',
		decline('processing_error'),
		'always meets an error at the shop'
	),
	voucher('7777', 'voucher_slow', decideLater, 'is looked into for five seconds and then pays'),
	voucher('8888', 'voucher_garbage', approve, 'pays, but the answer cannot be read', {
		reply: 'garbage'
	})
];

const vouchersByCode = new Map(testVouchers.map((each) => [plainCode(each.input), each]));

/** The rule for a code as somebody typed it: spaces, dashes and the case of letters say nothing. */
export function ruleForVoucher(code: string): Rule {
	const known = vouchersByCode.get(plainCode(code));
	return (
		known ??
		rule(
			'voucher_unknown',
			decline('invalid_voucher'),
			'There is no such voucher: the simulator lists its test vouchers at /simulator.'
		)
	);
}

/** What a code says once spaces, dashes and case are gone. */
export function plainCode(code: string): string {
	return code.replace(/[\s\-‐-―]/g, '').toUpperCase();
}

function voucher(
	ending: string,
	name: string,
	decision: Rule['decision'],
	does: string,
	manner: Parameters<typeof rule>[3] = {}
): TestVoucher {
	const sentence = `The test voucher ending in ${ending} ${does}.`;
	return { input: `CASHNOTE-0000-${ending}`, ...rule(name, decision, sentence, manner) };
}
