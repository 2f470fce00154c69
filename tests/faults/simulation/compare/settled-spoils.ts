import type { Books } from './books';
import { orderedBy } from './settled-faults';
import { change, isCard, isDeposit, isPaid, type Spoil } from './spoil';

/** What may be wrong with payments of less or more, and with what was attested. */
export const settledSpoils: [what: string, spoil: Spoil][] = [
	[
		'less than was asked, where it was not taken',
		(books) => change(books.transactions, { allow_underpay: 0 }, (one) => paidWith(books, one, -1))
	],
	[
		'more than was asked, where it was not taken',
		(books) => change(books.transactions, { allow_overpay: 0 }, (one) => paidWith(books, one, 1))
	],
	[
		'money that came and was not credited',
		({ attempts }) =>
			change(attempts, { amount: 1 }, (one) => isPaid(one) && one.kind === 'bank_transfer')
	],
	[
		'a short transfer that would have paid',
		({ attempts, transactions }) => {
			const short = attempts.find(({ reason }) => reason === 'paid_too_little');
			return change(transactions, { allow_underpay: 1 }, ({ id }) => id === short?.transaction_id);
		}
	],
	[
		'a fee that nobody agreed to',
		({ attempts }) => change(attempts, { fee: 7 }, (one) => isPaid(one) && isCard(one))
	],
	[
		'a credit that is kept although it was taken back',
		({ transactions }) => change(transactions, { reversed: 0 }, ({ reversed }) => reversed === 1)
	],
	[
		'a payment that never became final',
		({ transactions }) => change(transactions, { attested: 1 }, isPaid)
	],
	[
		'an attested payment that nobody confirmed',
		({ events }) => change(events, { kind: 'pending' }, ({ kind }) => kind === 'confirmed')
	],
	[
		'an event that says that something else came',
		({ transactions, events }) => {
			const paid = transactions.find((one) => isPaid(one) && isDeposit(one));
			const last = events.find(
				({ transaction_id, version }) => transaction_id === paid?.id && version === paid.version
			);
			if (!last) return false;
			const snapshot = { ...(JSON.parse(last.snapshot) as object), receivedAmount: 7 };
			return Object.assign(last, { snapshot: JSON.stringify(snapshot) });
		}
	]
];

/** Whether a transaction was paid with less (-1) or more (1) than was asked. */
function paidWith({ attempts }: Books, { id }: { id: string }, sign: -1 | 1): boolean {
	const paid = attempts.find((one) => one.transaction_id === id && isPaid(one));
	return paid !== undefined && Math.sign(paid.amount - orderedBy(paid).amount) === sign;
}
