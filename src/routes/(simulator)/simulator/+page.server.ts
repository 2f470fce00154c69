import { testEndings, testIbans, testWallets } from '$lib/server/simulator/payout-rules';
import { testRefunds } from '$lib/server/simulator/refund-rules';
import type { TestInput } from '$lib/server/simulator/rule';
import { testCards } from '$lib/server/simulator/rules';
import { testVouchers } from '$lib/server/simulator/voucher-rules';
import { WALLET } from '$lib/server/simulator/wallet';
import type { PageServerLoad } from './$types';

export const csr = false;

/** A part of the page: what can be typed somewhere, and what comes of it. */
interface Section {
	id: string;
	title: string;
	about: string;
	inputs: readonly TestInput[];
}

/** All that there is to try out with. Declines of unknown inputs lead here. */
export const load: PageServerLoad = () => ({ sections: sections.map(plain) });

const sections: readonly Section[] = [
	{
		id: 'cards',
		title: 'Cards',
		about:
			'Any future expiry date, any security code and any name will do. Other cards are declined. ' +
			'A card that is kept does the same again; a payout to it needs no 3-D Secure.',
		inputs: testCards.map(({ number, sentence }) => ({ input: number, sentence }))
	},
	{
		id: 'wallet',
		title: `Paying with ${WALLET}`,
		about: 'The wallet’s own page asks what should happen.',
		inputs: [
			{ input: 'Pay', sentence: 'The payment succeeds.' },
			{ input: 'Not enough money', sentence: 'The payment is declined.' },
			{ input: 'Cancel', sentence: 'The payer gives up.' },
			{ input: 'Decide later', sentence: 'The payer comes back; it succeeds five seconds later.' },
			{
				input: 'Attest now, settle later',
				sentence: 'It counts as paid at once, and is final half a minute later.'
			},
			{
				input: 'Attest now, take back later',
				sentence: 'It counts as paid at once, and is taken back half a minute later.'
			}
		]
	},
	{
		id: 'vouchers',
		title: 'Vouchers',
		about:
			'Spaces, dashes and capital letters make no difference. A code that is not here is unknown.',
		inputs: testVouchers
	},
	{
		id: 'ibans',
		title: 'Payouts to an IBAN',
		about: 'Every other IBAN is paid, if its check digits are right; any name will do.',
		inputs: testIbans
	},
	{
		id: 'numbers',
		title: 'Payouts to a local account or a telephone number',
		about: 'The last two digits decide. Every other ending is paid.',
		inputs: testEndings
	},
	{
		id: 'wallets',
		title: 'Payouts to a wallet',
		about: 'What stands before the @ decides. Every other name is paid.',
		inputs: testWallets
	},
	{
		id: 'refunds',
		title: 'Refunds',
		about:
			'The last two digits of the amount decide. Every other refund goes through, as long as no ' +
			'more goes back than was paid.',
		inputs: testRefunds
	},
	{
		id: 'accounts',
		title: 'Provider accounts',
		about: 'The field “temper” of an account’s credentials makes all of it behave in one way.',
		inputs: [
			{ input: 'steady', sentence: 'As this page says. It is what you get without the field.' },
			{ input: 'moody', sentence: 'Declines every payment and payout, so that another may do it.' },
			{ input: 'silent', sentence: 'Records, moves and answers nothing: every call hangs.' }
		]
	}
];

function plain({ inputs, ...section }: Section) {
	return { ...section, inputs: inputs.map(({ input, sentence }) => ({ input, sentence })) };
}
