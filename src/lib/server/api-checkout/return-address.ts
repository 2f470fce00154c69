import type { Context } from '$lib/server/context';
import type { Payment } from '$lib/server/payments/payment';
import type { Session } from '$lib/server/sessions/session';
import { signedReturn } from '$lib/server/sessions/signed-return';
import { statusOf, standingOf } from './status';

/** The address that leads the payer back with the outcome and a signature; null: none was given. */
export async function returnAddress(
	context: Context,
	session: Session,
	payment: Payment
): Promise<string | null> {
	const address = session.returnAddresses.return;
	if (!address) return null;
	return signedReturn(context, session, address, {
		id: payment.transactionId,
		status: statusOf(standingOf(payment))
	});
}
