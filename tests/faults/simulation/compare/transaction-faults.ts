import type { Books } from './books.ts';
import { orderedBy } from './settled-faults.ts';

type Transaction = Books['transactions'][number];
type Attempt = Books['attempts'][number];

/** The final states in which no money was moved: a reference is free again. */
const unpaid = ['declined', 'canceled', 'expired', 'rejected', 'failed'];

/** Where a transaction does not agree with its attempts, or has not come to an end. */
export function transactionFaults(books: Books): string[] {
	const { transactions, sessions, attempts, notifications } = books;
	const faults: string[] = [];
	const tries = Map.groupBy(attempts, ({ transaction_id }) => transaction_id);
	for (const transaction of transactions) {
		const { id, state, intent } = transaction;
		const own = tries.get(id) ?? [];
		if (state !== 'succeeded' && !unpaid.includes(state))
			faults.push(`transaction ${id} stays ${state}`);
		if (own.length !== transaction.tries) faults.push(`transaction ${id} counts its tries wrongly`);
		if (transaction.expires_at !== null) faults.push(`transaction ${id} is still to expire`);
		if (transaction.attested) faults.push(`transaction ${id} never became final`);
		if (transaction.work_at !== null) faults.push(`transaction ${id} is still worked on`);
		faults.push(
			...(intent === 'deposit'
				? depositFaults(transaction, own)
				: withdrawalFaults(books, transaction, own))
		);
	}
	if (sessions.length !== transactions.length) faults.push('a session without a transaction');
	for (const [reference, own] of Map.groupBy(transactions, referenceOf)) {
		const taken = own.filter(({ state }) => !unpaid.includes(state)).length;
		if (taken > 1) faults.push(`${reference} was taken by ${taken} transactions`);
	}
	for (const { message_id, processed_at } of notifications) {
		if (processed_at === null) faults.push(`notification ${message_id} was not processed`);
	}
	return faults;
}

function referenceOf({ application_id, intent, reference, id }: Transaction): string {
	return `${application_id} ${intent} ${reference ?? id}`;
}

/** Paid once, for the whole amount, or not at all. */
function depositFaults({ id, state, amount }: Transaction, attempts: Attempt[]): string[] {
	const faults: string[] = [];
	const paid = attempts.filter((attempt) => attempt.state === 'succeeded');
	if (paid.length > 1) faults.push(`transaction ${id} was paid ${paid.length} times`);
	if ((state === 'succeeded') !== (paid.length === 1)) {
		faults.push(`transaction ${id} is ${state} with ${paid.length} paid attempts`);
	}
	if (paid[0] && orderedBy(paid[0]).userAmount !== amount)
		faults.push(`transaction ${id} has another amount`);
	return faults;
}

/** Each leg is paid once or has failed; nothing is sent that the merchant has not approved. */
function withdrawalFaults(books: Books, transaction: Transaction, attempts: Attempt[]): string[] {
	const { id, state, amount } = transaction;
	const faults: string[] = [];
	const legs = books.payout_legs.filter(({ transaction_id }) => transaction_id === id);
	const isSent = state === 'succeeded' || state === 'failed';
	if (!isSent && attempts.length > 0) faults.push(`withdrawal ${id} is ${state} and was sent`);
	for (const leg of legs) {
		const own = attempts.filter((attempt) => attempt.leg === leg.number);
		const paid = own.filter((attempt) => attempt.state === 'succeeded');
		const name = `leg ${leg.number} of ${id}`;
		if (isSent && leg.state === 'waiting') faults.push(`${name} was forgotten`);
		if (paid.length > 1) faults.push(`${name} was paid ${paid.length} times`);
		if ((leg.state === 'paid') !== (paid.length === 1)) {
			faults.push(`${name} is ${leg.state} with ${paid.length} paid attempts`);
		}
		for (const attempt of own) {
			if (attempt.user_amount !== leg.amount) faults.push(`${name} was sent with another amount`);
		}
	}
	const paid = legs.filter((leg) => leg.state === 'paid');
	const sum = paid.reduce((total, leg) => total + leg.amount, 0);
	if (state === 'succeeded' && sum !== amount)
		faults.push(`withdrawal ${id} paid ${sum} of ${amount}`);
	if (isSent && (state === 'succeeded') !== sum > 0) {
		faults.push(`withdrawal ${id} is ${state} and paid ${sum}`);
	}
	return faults;
}
