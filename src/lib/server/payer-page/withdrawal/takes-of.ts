import { availableMethods, type OfferedMethod } from '$lib/server/payments/available-methods';
import type { Leg } from '$lib/server/payments/leg';
import type { Scene } from '../scene';

const inOrder = ['at_once', 'minutes', 'hours', 'days'] as const;

/** How long the slowest part of a withdrawal takes; null: no account offers its method any more. */
export async function takesOf(
	{ context, session, payment }: Scene,
	legs: readonly Leg[]
): Promise<OfferedMethod['takes'] | null> {
	const { application, mode, intent, currency, payer } = session;
	const methods = await availableMethods(context, {
		merchantId: application.merchantId,
		mode,
		intent,
		transactionId: payment.transactionId,
		amount: null,
		currency,
		payer,
		methods: [...new Set(legs.map(({ method }) => method))]
	});
	return inOrder.findLast((takes) => methods.some((method) => method.takes === takes)) ?? null;
}
