import { BusinessError } from '$lib/server/errors';
import { revokeClientToken, type ClientToken } from '$lib/server/merchants/client-tokens';
import {
	findPaymentApplication,
	type PaymentApplication
} from '$lib/server/merchants/read-payment-applications';
import type { CheckoutCaller } from './auth';

/** The merchant's application of an address, in the mode of the token. Throws `not_found`. */
export async function findOwnApplication(
	caller: CheckoutCaller,
	{ id = '' }: { id?: string }
): Promise<PaymentApplication> {
	const application = await findPaymentApplication(caller.context, caller, { id: plain(id) });
	if (!application) throw new BusinessError('not_found', 'No payment application has this id');
	return application;
}

/** Throws `not_found` for a token that is not this application's, or was revoked before. */
export async function revokeOwnToken(
	{ context, mode }: CheckoutCaller,
	{ id: applicationId }: PaymentApplication,
	{ tokenId = '' }: { tokenId?: string }
): Promise<ClientToken> {
	const token = await revokeClientToken(context, { applicationId, mode }, plain(tokenId));
	if (!token) throw new BusinessError('not_found', 'No client token has this id');
	return token;
}

/** PostgreSQL takes no text with NUL, and no id has one. */
function plain(id: string): string {
	return id.replaceAll('\0', ' ');
}
