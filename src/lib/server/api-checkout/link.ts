import type { RequestEvent } from '@sveltejs/kit';
import type { Context } from '$lib/server/context';
import { BusinessError } from '$lib/server/errors';
import type { Caller } from '$lib/server/http/endpoint';
import type { Payment } from '$lib/server/payments/payment';
import { readPayment } from '$lib/server/payments/read-payment';
import { checkLink, signLink } from '$lib/server/sessions/checkout-link';

/** Who holds the link of a checkout: its payer. */
export interface LinkHolder extends Caller {
	payment: Payment;
}

/**
 * The address that a payer opens. It holds for as long as a payer may begin to pay: its end is in
 * whole seconds, and never later than the checkout's.
 */
export function checkoutUrl(
	context: Context,
	{ transactionId: id, expiresAt }: { transactionId: string; expiresAt: number }
): string {
	const expires = String(Math.floor(expiresAt / 1000));
	const signature = signLink(context, { id, expires });
	const query = new URLSearchParams({ expires, signature });
	return `${context.config.origin}/checkout/${id}?${query.toString()}`;
}

/** Whose payment a link in the query leads to. Throws `link_invalid` or `link_expired`. */
export async function openByLink({ locals, url, params }: RequestEvent): Promise<LinkHolder> {
	const { context } = locals;
	const { id = '' } = params;
	const { searchParams: query } = url;
	const link = {
		id,
		expires: query.get('expires') ?? '',
		signature: query.get('signature') ?? ''
	};
	const standing = checkLink(context, link, context.clock.now());
	if (standing === 'expired') throw new BusinessError('link_expired', 'This link has expired');
	const payment = standing === 'valid' ? await readPayment(context.db.read, id) : undefined;
	if (!payment) throw new BusinessError('link_invalid', 'This link is not valid');
	const { applicationId: ownerId, mode } = payment;
	return { context, ownerId, keyId: `link:${id}`, mode, payment };
}
