import type { Books } from './books.ts';

/** What came about in one schedule, for telling whether many of them met enough. */
export function tally(books: Books): string[] {
	const { transactions, attempts, refunds, unapplied_money, payout_legs, instruments } = books;
	const soft = attempts.filter(({ state, followers }) => state === 'declined' && followers > 0);
	const isFollowed = ({ transaction_id, number }: (typeof attempts)[number]) =>
		attempts.some((one) => one.transaction_id === transaction_id && one.number === number + 1);
	return [
		...transactions.map(({ intent, state }) => `${intent} ${state}`),
		...attempts.map(({ method, state }) => `${method} attempt ${state}`),
		...attempts.filter(({ rate }) => rate !== null).map(({ state }) => `converted ${state}`),
		...attempts.filter(({ fee }) => fee > 0).map(({ state }) => `with a fee ${state}`),
		...attempts.filter(({ instrument_id }) => instrument_id !== null).map(() => 'kept card used'),
		...soft.filter(isFollowed).map(() => 'next account tried'),
		...payout_legs.map(({ state }) => `leg ${state}`),
		...payout_legs.filter(({ number }) => number > 1).map(() => 'withdrawal in several legs'),
		...refunds.map(({ state, unapplied_id }) => `${unapplied_id ? 'return' : 'refund'} ${state}`),
		...unapplied_money.map(({ way, state }) => `unapplied ${way} ${state}`),
		...instruments.map(() => 'card kept')
	];
}
