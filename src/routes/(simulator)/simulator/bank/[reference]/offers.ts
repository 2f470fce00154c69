import { MAX_AMOUNT } from '$lib/money/money';

/** An amount that the page offers to send, in minor units. */
interface Offer {
	kind: 'exact' | 'rest' | 'less' | 'more';
	amount: number;
}

/** What may be sent with one press: what is missing, less than that, and more. */
export function offers({ asked, received }: { asked: number; received: number }): Offer[] {
	const missing = asked > received ? asked - received : asked;
	const kind = received > 0 && received < asked ? 'rest' : 'exact';
	const all: Offer[] = [
		{ kind, amount: missing },
		{ kind: 'less', amount: Math.floor(missing / 2) },
		{ kind: 'more', amount: missing + Math.ceil(missing / 10) }
	];
	return all.filter(({ amount }) => amount > 0 && amount <= MAX_AMOUNT);
}
