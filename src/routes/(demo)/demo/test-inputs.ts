import type { Choices } from '$lib/demo-shop/choices';
import type { InputsToTry } from '$lib/demo-shop/inputs-to-try';
import { testIbans } from '$lib/server/simulator/payout-rules';
import { testCards } from '$lib/server/simulator/rules';

const cards = testCards.map(({ number, sentence }) => ({
	input: number,
	does: sentence.replace(/^The test card ending in \d{4} /, '')
}));

const ibans = testIbans.map(({ input, sentence }) => ({
	input,
	does: sentence.replace(/^The test account ending in \w{4} /, '')
}));

/** What to type into the payment page of a way; null: the way has none, or its own form. */
export function testInputs(way: Choices['way']): InputsToTry | null {
	if (way === 'deposit') {
		return {
			title: 'Cards to try',
			about: 'The number decides what happens. Any future expiry date, code and name will do.',
			// Approved, declined, too little money, 3-D Secure.
			...halves(cards, /(4242|0002|9995|3220)$/)
		};
	}
	if (way === 'withdrawal') {
		return {
			title: 'Bank accounts to try',
			about: 'Where the money should go decides what happens.',
			// Paid, refused, paid after a while.
			...halves(ibans, /^(DE89|GB29|FR14)/)
		};
	}
	return null;
}

function halves(inputs: InputsToTry['first'], tried: RegExp) {
	const isFirst = ({ input }: { input: string }) => tried.test(input);
	return { first: inputs.filter(isFirst), more: inputs.filter((one) => !isFirst(one)) };
}
