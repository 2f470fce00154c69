import type { Books } from './books.ts';

/** Where refunds do not agree with the acquirer's, or with what was paid. */
export function refundFaults({
	refunds,
	transactions,
	attempts,
	unapplied_money,
	simulator_refunds,
	simulator_payments
}: Books): string[] {
	const faults: string[] = [];
	const there = new Map(simulator_refunds.map((refund) => [refund.refund_id, refund]));
	for (const { id, state, provider_amount, provider_currency, ask_at } of refunds) {
		const refund = there.get(id);
		there.delete(id);
		const moves = refund?.moves ?? 0;
		if (isLost(provider_amount) && !refund && state === 'requested') continue;
		if (state !== 'succeeded' && state !== 'failed') faults.push(`refund ${id} stays ${state}`);
		if (ask_at !== null) faults.push(`refund ${id} is still asked about`);
		if (moves !== (state === 'succeeded' ? 1 : 0)) {
			faults.push(`refund ${id} is ${state} and moved money ${moves} times`);
		}
		if (refund && (refund.amount !== provider_amount || refund.currency !== provider_currency)) {
			faults.push(`refund ${id} is of another amount at the acquirer`);
		}
	}
	for (const id of there.keys()) faults.push(`the acquirer knows refund ${id}, which is not here`);

	const alive = refunds.filter(({ state, unapplied_id }) => state !== 'failed' && !unapplied_id);
	for (const { id, refunded_amount } of transactions) {
		const own = alive.filter(({ transaction_id }) => transaction_id === id);
		const sum = own.reduce((total, { amount }) => total + amount, 0);
		if (sum !== refunded_amount) faults.push(`${id} counts ${refunded_amount} refunded of ${sum}`);
		const paid = attempts.find(
			({ transaction_id, state }) => transaction_id === id && state === 'succeeded'
		);
		if (sum > 0 && sum > (paid?.user_amount ?? 0)) faults.push(`${id} gave back more than it got`);
		const back = own.reduce((total, { provider_amount }) => total + provider_amount, 0);
		if (sum > 0 && sum === paid?.user_amount && back !== paid.amount) {
			faults.push(`${id} gave back all, and ${back} of ${paid.amount} at the provider`);
		}
	}
	for (const { attempt_id, refunded, amount, received, kind } of simulator_payments) {
		const most = kind === 'bank_transfer' ? received : amount;
		if (refunded > most)
			faults.push(`the acquirer gave back ${refunded} of ${most} for ${attempt_id}`);
	}
	for (const { id, way, state, amount } of unapplied_money) {
		if (isLost(amount) && state === 'returning') continue;
		const own = refunds.filter(({ unapplied_id }) => unapplied_id === id);
		const isBack = own.some((refund) => refund.state === 'succeeded');
		if (own.length > 1) faults.push(`unapplied money ${id} went back ${own.length} times`);
		if (isBack !== (state === 'returned')) faults.push(`unapplied money ${id} is ${state}`);
		if (way === 'back' && state !== 'returned') faults.push(`unapplied money ${id} stays ${state}`);
	}
	const named = refunds.filter(({ reference }) => reference !== null);
	for (const [key, own] of Map.groupBy(named, (one) => `${one.transaction_id} ${one.reference}`)) {
		if (own.length > 1) faults.push(`refund ${key} was made ${own.length} times`);
	}
	return faults;
}

/** The acquirer never takes such a refund, however often it is asked; see its refund rules. */
function isLost(amount: number): boolean {
	return amount % 100 === 16;
}
