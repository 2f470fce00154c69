import type { Context } from '$lib/server/context';
import type { Payment } from '$lib/server/payments/payment';
import type { State } from '$lib/server/payments/states';
import type { ReturnAddresses, Session } from '$lib/server/sessions/session';
import { signedReturn } from '$lib/server/sessions/signed-return';
import { viewStatus } from './views';

/** Which of the merchant's addresses a state leads to; `return` stands in for each. */
const addressNames: Record<State, keyof ReturnAddresses> = {
	created: 'return',
	action_required: 'return',
	pending: 'return',
	requested: 'return',
	approved: 'return',
	succeeded: 'success',
	declined: 'failure',
	expired: 'failure',
	canceled: 'cancel',
	rejected: 'failure',
	failed: 'failure'
};

/**
 * The address that leads the payer back to the merchant, with the outcome and a signature. Null: the
 * merchant named none. An order without a tracking id has an empty one.
 */
export async function returnAddress(
	context: Context,
	session: Session,
	{ transactionId, reference, state }: Payment
): Promise<string | null> {
	const { returnAddresses } = session;
	const address = returnAddresses[addressNames[state]] ?? returnAddresses.return;
	if (!address) return null;
	return signedReturn(context, session, address, {
		transaction_id: transactionId,
		tracking_id: reference ?? '',
		status: viewStatus(state)
	});
}
