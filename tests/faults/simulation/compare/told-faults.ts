import type { Memory } from '../world.ts';
import type { Books } from './books.ts';

/** Where something does not hold that somebody outside was told for good. */
export function toldFaults({ transactions }: Books, { told }: Memory): string[] {
	const states = new Map(transactions.map(({ id, state }) => [id, state]));
	return told.flatMap(({ transactionId, states: possible, to }) => {
		const now = states.get(transactionId) ?? 'lost';
		if (possible.includes(now)) return [];
		return [`${to} was told ${possible.join(' or ')} of ${transactionId}, which is ${now}`];
	});
}
