import type { Books } from './books.ts';
import { orderedBy } from './settled-faults.ts';

/** What came about in one schedule, for telling whether many of them met enough. */
export function tally(books: Books): string[] {
	const { transactions, attempts, events, refunds, unapplied_money, payout_legs, instruments } =
		books;
	const soft = attempts.filter(({ state, followers }) => state === 'declined' && followers > 0);
	const isFollowed = ({ transaction_id, number }: (typeof attempts)[number]) =>
		attempts.some((one) => one.transaction_id === transaction_id && one.number === number + 1);
	return [
		...transactions.map(({ intent, state }) => `${intent} ${state}`),
		...attempts.map(({ method, state }) => `${method} attempt ${state}`),
		...attempts.filter(({ rate }) => rate !== null).map(({ state }) => `converted ${state}`),
		...attempts.filter(({ fee }) => fee > 0).map(({ state }) => `with a fee ${state}`),
		...attempts.filter(({ instrument_id }) => instrument_id !== null).map(() => 'kept card used'),
		...attempts.filter(isPaid).flatMap(otherSum),
		...transactions.filter(({ reversed }) => reversed === 1).map(() => 'attested reversed'),
		...events.filter(({ kind }) => kind === 'confirmed').map(() => 'attested confirmed'),
		...events.filter(isCredited).map(() => 'credited after the end'),
		...soft.filter(isFollowed).map(() => 'next account tried'),
		...payout_legs.map(({ state }) => `leg ${state}`),
		...payout_legs.filter(({ number }) => number > 1).map(() => 'withdrawal in several legs'),
		...refunds.map(({ state, unapplied_id }) => `${unapplied_id ? 'return' : 'refund'} ${state}`),
		...unapplied_money.map(({ way, state }) => `unapplied ${way} ${state}`),
		...instruments.map(() => 'card kept')
	];
}

function isPaid({ state }: { state: string }): boolean {
	return state === 'succeeded';
}

/** Whether less or more was taken than was asked. */
function otherSum(attempt: Books['attempts'][number]): string[] {
	const asked = orderedBy(attempt).amount;
	if (attempt.amount === asked) return [];
	return [attempt.amount < asked ? 'less taken' : 'more taken'];
}

function isCredited({ kind, snapshot }: Books['events'][number]): boolean {
	return kind === 'received' && isPaid(JSON.parse(snapshot) as { state: string });
}
