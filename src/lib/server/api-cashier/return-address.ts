import type { Context } from '$lib/server/context';
import { readWebhookSecrets } from '$lib/server/merchants/webhook-secrets';
import type { Payment } from '$lib/server/payments/payment';
import type { State } from '$lib/server/payments/states';
import { hmacHex } from '$lib/server/secrets/hmac';
import type { ReturnAddresses, Session } from '$lib/server/sessions/session';
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
 * The address that leads the payer back to the merchant, with the outcome and a signature added to
 * the query that was there. Null: the merchant named none. The signature is hex HMAC-SHA256 of the
 * other values in their order, joined by a dot, with the decoded bytes of the webhook secret
 * (payer-pages.md, *Steps*). An order without a tracking id has an empty one.
 */
export async function returnAddress(
	context: Context,
	{ application, mode, returnAddresses }: Session,
	{ transactionId, reference, state }: Payment
): Promise<string | null> {
	const address = returnAddresses[addressNames[state]] ?? returnAddresses.return;
	if (!address) return null;
	const { webhookSecret } = await readWebhookSecrets(context, application.id, mode);
	const key = Buffer.from(webhookSecret.replace(/^whsec_/, ''), 'base64');
	const query = new URLSearchParams({
		transaction_id: transactionId,
		tracking_id: reference ?? '',
		status: viewStatus(state)
	});
	const signature = hmacHex(key, [...query.values()].join('.'));
	query.set('signature', signature);
	const url = new URL(address);
	// What a merchant's address already says under these names would make two truths of one. All
	// else stays as it was written.
	for (const name of query.keys()) if (url.searchParams.has(name)) url.searchParams.delete(name);
	url.search += (url.search ? '&' : '?') + query.toString();
	return url.href;
}
