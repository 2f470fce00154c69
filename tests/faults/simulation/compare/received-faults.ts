import type { Books } from './books.ts';
import { orderedBy } from './settled-faults.ts';

type Snapshot = { receivedAmount?: number; attested?: true; reversed?: true };

/** Where events say something else of what came, or of how final it is, than is so. */
export function receivedFaults({ transactions, attempts, events }: Books): string[] {
	const faults: string[] = [];
	const byTransaction = Map.groupBy(events, ({ transaction_id }) => transaction_id);
	const tries = Map.groupBy(attempts, ({ transaction_id }) => transaction_id);
	for (const transaction of transactions) {
		const { id, intent, reversed, tries: number } = transaction;
		if (intent !== 'deposit') continue;
		const own = (byTransaction.get(id) ?? []).sort((one, other) => one.version - other.version);
		const said = own.map(({ kind, snapshot }) => ({ kind, ...(JSON.parse(snapshot) as Snapshot) }));
		const newest = (tries.get(id) ?? []).find((attempt) => attempt.number === number);
		const last = said.at(-1);
		const came = cameFor(transaction, newest);
		if (last && last.kind !== 'created' && came !== null && last.receivedAmount !== came) {
			faults.push(`the last event of ${id} says that ${last.receivedAmount} came, not ${came}`);
		}
		const wasAttested = said.some(({ kind, attested }) => kind === 'succeeded' && attested);
		const ends = said.map(({ kind }) => kind).filter((kind) => endings.includes(kind));
		const right = wasAttested ? [reversed ? 'reversed' : 'confirmed'] : [];
		if (ends.join() !== right.join()) faults.push(`${id} is final by ${ends.join()}`);
	}
	return faults;
}

const endings = ['confirmed', 'reversed'];

/** What came for a payment in all; null where the roundings of fees and rates are in it. */
function cameFor(
	{ state, reversed }: Books['transactions'][number],
	newest: Books['attempts'][number] | undefined
): number | null {
	if (!newest || reversed) return 0;
	if (newest.kind !== 'bank_transfer') return state === 'succeeded' ? newest.user_amount : 0;
	const isPlain = newest.rate === null && orderedBy(newest).fee === 0;
	return isPlain ? newest.received_amount : null;
}
