import type { Books } from './books.ts';

/** Which end at the acquirer each end of an attempt may have; anything else is a fault. */
const fitting: Record<string, string[]> = {
	succeeded: ['succeeded'],
	declined: ['declined', 'canceled'],
	canceled: ['declined', 'canceled']
};

type Attempt = Books['attempts'][number];
type Payment = Books['simulator_payments'][number];

/** Where an attempt and what the acquirer did under its id do not agree. */
export function attemptFaults(books: Books): string[] {
	const { attempts, simulator_payments, unapplied_money, transactions } = books;
	const reversed = new Set(transactions.filter((one) => one.reversed).map(({ id }) => id));
	const faults: string[] = [];
	const payments = new Map(simulator_payments.map((payment) => [payment.attempt_id, payment]));
	const unapplied = Map.groupBy(unapplied_money, ({ attempt_id }) => attempt_id);
	for (const attempt of attempts) {
		const { id, state, ask_at } = attempt;
		const payment = payments.get(id);
		payments.delete(id);
		if (ask_at !== null) faults.push(`attempt ${id} is still asked about`);
		if (!fitting[state]) faults.push(`attempt ${id} stays ${state}`);
		if (attempt.kind === 'bank_transfer') faults.push(...transferFaults(books, attempt, payment));
		else {
			const booked = unapplied.get(id)?.length ?? 0;
			const isReversed = state === 'succeeded' && reversed.has(attempt.transaction_id);
			faults.push(...moveFaults(attempt, payment, { booked, isReversed }));
		}
	}
	for (const id of payments.keys()) faults.push(`the acquirer knows ${id}, which is not here`);
	return faults;
}

/**
 * Money moves once for an attempt that succeeded, unless it was taken back, and else only if it is
 * booked as unapplied.
 */
function moveFaults(
	attempt: Attempt,
	payment: Payment | undefined,
	{ booked, isReversed }: { booked: number; isReversed: boolean }
): string[] {
	const { id, state, amount, currency } = attempt;
	const faults: string[] = [];
	const moved = payment?.charges ?? 0;
	if (moved > 1) faults.push(`attempt ${id} moved money ${moved} times`);
	if (moved !== (state === 'succeeded' && !isReversed ? 1 : 0) + booked) {
		faults.push(`attempt ${id} is ${state}, moved money ${moved} times, ${booked} are unapplied`);
	}
	if (payment && moved > 0 && (payment.amount !== amount || payment.currency !== currency)) {
		faults.push(`attempt ${id} moved another amount`);
	}
	const there = payment?.state ?? 'absent';
	// What the provider surely never got it need not know.
	const isUnsent = state === 'declined' && attempt.reason === 'provider_unavailable' && !payment;
	const ends = isReversed ? ['declined'] : fitting[state];
	if (booked === 0 && !isUnsent && !ends?.includes(there)) {
		faults.push(`attempt ${id} is ${state} here and ${there} at the acquirer`);
	}
	return faults;
}

/** Every credit is booked once: for the payment, or as money without a use. */
function transferFaults(
	books: Books,
	{ id, state, amount }: Attempt,
	payment: Payment | undefined
): string[] {
	const faults: string[] = [];
	if (state === 'succeeded' && !payment) faults.push(`the acquirer knows no transfer ${id}`);
	const credits = books.simulator_receipts.filter(({ attempt_id }) => attempt_id === id);
	const receipts = books.receipts.filter(({ attempt_id }) => attempt_id === id);
	const unapplied = books.unapplied_money.filter(({ attempt_id }) => attempt_id === id);
	const credited = new Map(credits.map((credit) => [credit.id, credit.amount]));
	for (const { receipt_id, amount: booked } of receipts) {
		if (credited.get(receipt_id) !== booked) faults.push(`receipt ${receipt_id} is no such credit`);
		credited.delete(receipt_id);
	}
	// Nobody asks about an attempt that is over, and the acquirer gives up telling at some time.
	const isGivenUp = books.simulator_messages.some(
		(message) => message.attempt_id === id && message.due_at === null && message.copies > 0
	);
	if (credited.size > 0 && !(isGivenUp && state !== 'succeeded')) {
		faults.push(`${credited.size} credits of attempt ${id} are not booked`);
	}
	const booked = sumOf(receipts);
	const applied = state === 'succeeded' ? amount : 0;
	if (booked !== applied + sumOf(unapplied)) {
		faults.push(`attempt ${id} got ${booked} and applied ${applied}`);
	}
	return faults;
}

function sumOf(rows: { amount: number }[]): number {
	return rows.reduce((sum, { amount }) => sum + amount, 0);
}
