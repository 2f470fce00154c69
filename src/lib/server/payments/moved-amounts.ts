import type { Reader } from '$lib/server/db/database';
import type { Attempt, Payment } from './payment';

/** What a list shows of a payment: a list is long, and whatever else were read would be waste. */
export type ShownPayment = Pick<
	Payment,
	| 'transactionId'
	| 'intent'
	| 'state'
	| 'amount'
	| 'currency'
	| 'payerReference'
	| 'tries'
	| 'createdAt'
> & { attempt: ShownAttempt | null };

type ShownAttempt = Pick<
	Attempt,
	'id' | 'provider' | 'providerReference' | 'amount' | 'currency' | 'fxFee'
>;

/** A payment together with what providers moved for it. */
export type ListedPayment = ShownPayment & { moved: Moved };

/** Minor units of `currency`; the conversion fee is inside the amount of a deposit. */
interface Moved {
	amount: number;
	currency: string;
	fxFee: number;
}

/**
 * Adds what was moved to a page of payments: by the newest attempt; the payment's own amount before
 * there is one. A withdrawal with several legs was moved by one attempt a leg: these are read for
 * the whole page at once and added up where they share a currency.
 */
export async function withMoved(
	reader: Reader,
	payments: ShownPayment[]
): Promise<ListedPayment[]> {
	const split = payments.filter(({ intent, tries }) => intent === 'withdrawal' && tries > 1);
	const sums = split.length > 0 ? await sumLegs(reader, split) : undefined;
	return payments.map((payment) => ({
		...payment,
		moved: sums?.get(payment.transactionId) ?? movedBy(payment)
	}));
}

function movedBy({ attempt, amount, currency }: ShownPayment): Moved {
	if (!attempt) return { amount: amount ?? 0, currency, fxFee: 0 };
	return { amount: attempt.amount, currency: attempt.currency, fxFee: attempt.fxFee };
}

interface LegAttempt extends Moved {
	leg: number;
	isOver: boolean;
}

async function sumLegs(reader: Reader, payments: ShownPayment[]): Promise<Map<string, Moved>> {
	const rows = await reader
		.selectFrom('attempts')
		.select(['transaction_id', 'leg', 'state', 'amount', 'currency', 'fx_fee as fxFee'])
		.where(
			'transaction_id',
			'in',
			payments.map(({ transactionId }) => transactionId)
		)
		.orderBy('number')
		.execute();
	const byPayment = Map.groupBy(rows, ({ transaction_id }) => transaction_id);
	return new Map(
		payments.map((payment) => {
			const own = byPayment.get(payment.transactionId) ?? [];
			const attempts = own.map(({ state, leg, ...moved }) => ({
				...moved,
				leg: leg ?? 0,
				isOver: state === 'declined' || state === 'canceled'
			}));
			return [payment.transactionId, sumOf(payment, attempts)];
		})
	);
}

/** A leg that failed moved nothing; where all did, it is told what was tried. */
function sumOf({ amount, currency }: ShownPayment, attempts: LegAttempt[]): Moved {
	const newest = [...new Map(attempts.map((attempt) => [attempt.leg, attempt])).values()];
	const live = newest.filter(({ isOver }) => !isOver);
	const counted = live.length > 0 ? live : newest;
	const [first] = counted;
	if (!first || counted.some((attempt) => attempt.currency !== first.currency)) {
		return { amount: amount ?? 0, currency, fxFee: 0 };
	}
	return {
		amount: counted.reduce((sum, attempt) => sum + attempt.amount, 0),
		currency: first.currency,
		fxFee: counted.reduce((sum, attempt) => sum + attempt.fxFee, 0)
	};
}
