import type { Context } from '$lib/server/context';
import type { KycStatus } from '$lib/server/merchants/merchant-settings';
import type { Payment } from './payment';

/** What is known of a payer where rules ask for it. */
export interface PayerFacts {
	/** The merchant's id of the payer. */
	reference: string | null;
	/** ISO 3166 alpha-2. */
	country: string | null;
	kycStatus: KycStatus | null;
}

/** The facts in what a merchant said of its customer: the JSON of `sessions.customer`. */
export function payerFactsOf(reference: string | null, customer: string | null): PayerFacts {
	const { country_code: country = null, kyc_status: kycStatus = null } = (
		customer === null ? {} : JSON.parse(customer)
	) as { country_code?: string; kyc_status?: KycStatus };
	return { reference, country, kycStatus };
}

/** The same, read for a payment that goes on without its session. */
export async function readPayerFacts(
	{ db }: Context,
	{ sessionId, payerReference }: Payment
): Promise<PayerFacts> {
	const { customer } = await db.read
		.selectFrom('sessions')
		.select('customer')
		.where('id', '=', sessionId)
		.executeTakeFirstOrThrow();
	return payerFactsOf(payerReference, customer);
}
