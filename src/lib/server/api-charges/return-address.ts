import type { Context } from '$lib/server/context';
import type { Payment } from '$lib/server/payments/payment';
import type { Session } from '$lib/server/sessions/session';
import { signedReturn } from '$lib/server/sessions/signed-return';
import { chargeIdOf } from './charge-id';
import { statusOf } from './views';

/** The charge's `redirect_url` with the outcome and a signature. apis/charges.md, *Return*. */
export async function returnAddress(
	context: Context,
	session: Session,
	payment: Payment
): Promise<string | null> {
	const { return: address } = session.returnAddresses;
	if (!address) return null;
	return signedReturn(context, session, address, {
		charge_id: chargeIdOf(payment.transactionId),
		status: statusOf(payment)
	});
}
