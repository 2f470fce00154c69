import { MAX_AMOUNT } from '$lib/money/money';

/** An amount that the page offers to send, in minor units. */
interface Offer {
	kind: 'exact' | 'rest' | 'less' | 'more' | 'again';
	amount: number;
}

/** What may be sent with one press: what is missing, less and more; all again once it is there. */
export function offers({ asked, received }: { asked: number; received: number }): Offer[] {
	if (received >= asked) return [{ kind: 'again', amount: asked }];
	const missing = asked - received;
	const all: Offer[] = [
		{ kind: received > 0 ? 'rest' : 'exact', amount: missing },
		{ kind: 'less', amount: Math.floor(missing / 2) },
		{ kind: 'more', amount: missing + Math.ceil(missing / 10) }
	];
	return all.filter(({ amount }) => amount > 0 && amount <= MAX_AMOUNT);
}
