import type { Books } from './books.ts';

type Attempt = Books['attempts'][number];
type Transaction = Books['transactions'][number];

/** What an attempt asked for, where another sum was settled. */
interface Ordered {
	amount: number;
	userAmount: number;
	fee: number;
	merchantFee: number;
	fxFee: number;
}

/** Where a deposit was settled by something else than came, or than its merchant takes. */
export function settledFaults(books: Books): string[] {
	const transactions = new Map(books.transactions.map((each) => [each.id, each]));
	const deposits = books.attempts.filter(({ leg }) => leg === null);
	return [
		...deposits.flatMap((attempt) => {
			const transaction = transactions.get(attempt.transaction_id);
			if (!transaction) return [`attempt ${attempt.id} is of no transaction`];
			return [
				...transferFaults(books, attempt, transaction),
				...shareFaults(attempt),
				...limitFaults(attempt, transaction)
			];
		}),
		...creditFaults(books, deposits)
	];
}

export function orderedBy({ ordered, ...row }: Attempt): Ordered {
	if (ordered !== null) return JSON.parse(ordered) as Ordered;
	const { amount, user_amount, fee, merchant_fee, fx_fee } = row;
	return { amount, userAmount: user_amount, fee, merchantFee: merchant_fee, fxFee: fx_fee };
}

function transferFaults(
	{ receipts, simulator_payments }: Books,
	attempt: Attempt,
	{ allow_underpay, allow_overpay }: Transaction
): string[] {
	const { id, kind, state, amount, received_amount, reason } = attempt;
	if (kind !== 'bank_transfer') return [];
	const faults: string[] = [];
	const came = receipts
		.filter(({ attempt_id }) => attempt_id === id)
		.reduce((sum, receipt) => sum + receipt.amount, 0);
	if (received_amount !== came) faults.push(`attempt ${id} counts ${received_amount} of ${came}`);
	const asked = simulator_payments.find(({ attempt_id }) => attempt_id === id)?.amount;
	if (state === 'succeeded') {
		if (amount < (asked ?? amount) && !allow_underpay) faults.push(`attempt ${id} took too little`);
		if (amount > (asked ?? amount) && !allow_overpay) faults.push(`attempt ${id} took too much`);
		if (allow_overpay && amount !== came) faults.push(`attempt ${id} took ${amount} of ${came}`);
	} else if (allow_underpay && reason === 'paid_too_little' && worth(attempt, came) >= 1) {
		faults.push(`attempt ${id} was called off with ${came} that would have paid it`);
	}
	return faults;
}

/** What a sum is worth in the payment's currency, more or less. */
function worth(attempt: Attempt, came: number): number {
	const { amount, userAmount } = orderedBy(attempt);
	return (userAmount * came) / amount;
}

/** Amount, fees and conversion are the share of what was agreed that the money is. */
function shareFaults(attempt: Attempt): string[] {
	const { id, amount, user_amount, fee, merchant_fee, fx_fee, rate } = attempt;
	const ordered = orderedBy(attempt);
	const share = amount / ordered.amount;
	const isNear = (is: number, whole: number) => Math.abs(is - whole * share) <= 0.51;
	const isRight =
		isNear(fee, ordered.fee) &&
		isNear(merchant_fee, ordered.merchantFee) &&
		isNear(fx_fee, ordered.fxFee) &&
		(rate === null ? user_amount + fee === amount : isNear(user_amount, ordered.userAmount));
	return isRight ? [] : [`attempt ${id} is on other terms than were agreed`];
}

/** What limits hold for a payment that was made is what came. */
function limitFaults({ id, state, user_amount }: Attempt, { reserved_limits }: Transaction) {
	if (state !== 'succeeded') return [];
	const reserved = JSON.parse(reserved_limits ?? '[]') as { amount: number }[];
	const isRight = reserved.every(({ amount }) => amount === user_amount);
	return isRight ? [] : [`limits count something else than ${user_amount} for attempt ${id}`];
}

/** A merchant has what came of each deposit, less fees and refunds, and nothing else. */
function creditFaults(books: Books, deposits: Attempt[]): string[] {
	const credited = new Map<string, number>();
	const add = (id: string, amount: number) => credited.set(id, (credited.get(id) ?? 0) + amount);
	const reversed = new Set(books.transactions.filter((one) => one.reversed).map(({ id }) => id));
	const ids = new Set(deposits.map(({ transaction_id }) => transaction_id));
	for (const { account, amount, transaction_id } of books.ledger_entries) {
		if (account === 'available' && ids.has(transaction_id)) add(transaction_id, amount);
	}
	for (const { state, transaction_id, user_amount, merchant_fee } of deposits) {
		const isPaid = state === 'succeeded' && !reversed.has(transaction_id);
		if (isPaid) add(transaction_id, merchant_fee - user_amount);
	}
	for (const { state, unapplied_id, transaction_id, amount } of books.refunds) {
		if (state !== 'failed' && unapplied_id === null) add(transaction_id, amount);
	}
	return [...credited]
		.filter(([, left]) => left !== 0)
		.map(([id, left]) => `the merchant has ${left} too much of ${id}`);
}
