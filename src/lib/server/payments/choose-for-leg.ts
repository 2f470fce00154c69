import type { Context } from '$lib/server/context';
import type { Destination } from '$lib/server/providers/provider';
import { choose } from '$lib/server/routing/choose';
import type { Decision, Explanation } from '$lib/server/routing/decision';
import { readPayerFacts } from './payer-facts';
import type { Payment } from './payment';

interface Part {
	method: string;
	/** Minor units of the payment's currency. */
	amount: number;
	destination: Destination;
}

/** The accounts that may pay a leg of a withdrawal. Some destinations are good at one account only. */
export async function chooseForLeg(
	context: Context,
	payment: Payment,
	{ method, amount, destination }: Part
): Promise<Decision> {
	const { merchantId, mode, transactionId, currency } = payment;
	return choose(context, {
		merchantId,
		mode,
		intent: 'withdrawal',
		transactionId,
		method,
		amount,
		currency,
		payer: await readPayerFacts(context, payment),
		accountId: 'accountId' in destination ? destination.accountId : undefined
	});
}

/** Whether an account would take it at another time. */
export function isClosedForNow({ accounts }: Explanation): boolean {
	return accounts.some(
		({ because }) =>
			because === 'outside_hours' || because === 'maintenance' || because === 'no_rate'
	);
}
