import type { Ledger } from './ledger.ts';
import type { Receiver } from './receiver.ts';
import type { Remembered } from './traffic.ts';

interface Transaction {
	id: string;
	reference: string;
	state: string;
	amount: number;
	tries: number;
}

interface Attempt {
	id: string;
	transaction_id: string;
	state: string;
	amount: number;
	currency: string;
}

interface Charge {
	attempt_id: string;
	state: string;
	amount: number;
	currency: string;
	charges: number;
}

interface Delivery {
	id: string;
	transaction_id: string;
	state: string;
	kind: string;
	snapshot: string;
}

export interface Books {
	transactions: Transaction[];
	attempts: Attempt[];
	charges: Charge[];
	deliveries: Delivery[];
}

export async function readBooks(ledger: Ledger): Promise<Books> {
	return {
		transactions: await ledger.select(
			'select id, reference, state, amount, tries from transactions'
		),
		attempts: await ledger.select(
			'select id, transaction_id, state, amount, currency from attempts'
		),
		charges: await ledger.select(
			'select attempt_id, state, amount, currency, charges from simulator_payments'
		),
		deliveries: await ledger.select(
			`select d.id, d.transaction_id, d.state, e.kind, e.snapshot from webhook_deliveries d
			join events e on e.transaction_id = d.transaction_id and e.version = d.event_version`
		)
	};
}

/** How many attempts and deliveries are still on their way. */
export async function countOpen(ledger: Ledger): Promise<number> {
	const [row] = await ledger.select<{ open: number }>(
		`select (select count(*) from attempts where state = 'sent')
		+ (select count(*) from transactions where state = 'pending')
		+ (select count(*) from webhook_deliveries where state = 'waiting') as open`
	);
	return Number(row?.open ?? 0);
}

/** Which end at the acquirer each end of an attempt may have; anything else is a fault. */
const fitting: Record<string, string[]> = {
	succeeded: ['succeeded'],
	declined: ['declined', 'canceled'],
	canceled: ['declined', 'canceled'],
	// The payer left the bank's question unanswered.
	action_required: ['challenge']
};

/** Every way in which the books do not agree with the acquirer's, with the payers' or the shop's. */
export function findFaults(
	books: Books,
	receiver: Pick<Receiver, 'arrivals' | 'forged'>,
	memory: Map<string, Remembered>
): string[] {
	return [
		...attemptFaults(books),
		...transactionFaults(books),
		...memoryFaults(books, memory),
		...webhookFaults(books, receiver)
	];
}

function attemptFaults({ attempts, charges }: Books): string[] {
	const faults: string[] = [];
	const byAttempt = new Map(charges.map((charge) => [charge.attempt_id, charge]));
	for (const { id, state, amount, currency } of attempts) {
		const charge = byAttempt.get(id);
		byAttempt.delete(id);
		const there = charge?.state ?? 'absent';
		if (!fitting[state]?.includes(there)) {
			faults.push(`attempt ${id} is ${state} here and ${there} at the acquirer`);
		}
		if (!charge) continue;
		const wanted = state === 'succeeded' ? 1 : 0;
		if (charge.charges !== wanted) {
			faults.push(`attempt ${id} is ${state} and was charged ${charge.charges} times`);
		}
		if (wanted === 1 && (charge.amount !== amount || charge.currency !== currency)) {
			faults.push(`attempt ${id} was charged another amount`);
		}
	}
	for (const id of byAttempt.keys()) faults.push(`the acquirer knows ${id}, which is not here`);
	return faults;
}

function transactionFaults({ transactions, attempts, charges }: Books): string[] {
	const faults: string[] = [];
	const tries = Map.groupBy(attempts, (attempt) => attempt.transaction_id);
	let booked = 0;
	for (const { id, state, amount, tries: counted } of transactions) {
		const own = tries.get(id) ?? [];
		const paid = own.filter((attempt) => attempt.state === 'succeeded').length;
		if (paid > 1) faults.push(`transaction ${id} was paid ${paid} times`);
		if ((state === 'succeeded') !== (paid === 1)) {
			faults.push(`transaction ${id} is ${state} with ${paid} paid attempts`);
		}
		if (own.length !== counted) faults.push(`transaction ${id} counts its tries wrongly`);
		if (state === 'succeeded') booked += amount;
	}
	const moved = charges.reduce((sum, charge) => sum + charge.charges * charge.amount, 0);
	if (moved !== booked) faults.push(`${moved} was charged and ${booked} is booked`);
	return faults;
}

/** What a payer or the shop was told has to hold, over every kill. */
function memoryFaults({ transactions }: Books, memory: Map<string, Remembered>): string[] {
	const faults: string[] = [];
	const byReference = Map.groupBy(transactions, (transaction) => transaction.reference);
	for (const [reference, { amount, lastShown }] of memory) {
		const [found, ...more] = byReference.get(reference) ?? [];
		if (!found) {
			faults.push(`the session of ${reference} is lost`);
			continue;
		}
		if (more.length > 0) faults.push(`${reference} has ${more.length + 1} transactions`);
		if (found.amount !== amount) faults.push(`${reference} has another amount`);
		if (lastShown === 'succeeded' && found.state !== 'succeeded') {
			faults.push(`${reference} was shown as paid and is ${found.state}`);
		}
	}
	return faults;
}

/** The word that the contract has for what an event says; undefined: it is not spoken of. */
const spoken: Record<string, string> = {
	pending: 'pending',
	succeeded: 'successful',
	declined: 'rejected',
	canceled: 'rejected',
	expired: 'rejected'
};

function webhookFaults(
	{ transactions, deliveries }: Books,
	{ arrivals, forged }: Pick<Receiver, 'arrivals' | 'forged'>
): string[] {
	const faults = forged.map((fault) => `a webhook was not signed: ${fault}`);
	const taken = Map.groupBy(
		arrivals.filter((arrival) => arrival.taken),
		(arrival) => arrival.id
	);
	const events = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
	for (const { id, kind, state, transaction_id } of deliveries) {
		const word = spoken[kind];
		if (!word) continue;
		if (state !== 'delivered') faults.push(`the webhook ${id} (${kind}) is ${state}`);
		const [arrival] = taken.get(id) ?? [];
		if (!arrival) faults.push(`the webhook ${id} (${kind}) never arrived`);
		else if (arrival.status !== word || arrival.transactionId !== transaction_id) {
			faults.push(`the webhook ${id} (${kind}) said ${arrival.status}`);
		}
	}
	for (const { id } of arrivals) {
		if (!events.has(id)) faults.push(`the webhook ${id} has no event behind it`);
	}
	const told = new Set(
		arrivals
			.filter(({ status, taken: wasTaken }) => status === 'successful' && wasTaken)
			.map(({ transactionId }) => transactionId)
	);
	for (const { id, state } of transactions) {
		if (state === 'succeeded' && !told.has(id)) faults.push(`nobody was told that ${id} was paid`);
		if (state !== 'succeeded' && told.has(id))
			faults.push(`${id} was told as paid and is ${state}`);
	}
	return faults;
}
