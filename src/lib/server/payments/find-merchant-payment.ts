import type { Context } from '$lib/server/context';
import type { Dialect, Mode } from '$lib/server/db/schema';
import { BusinessError } from '$lib/server/errors';
import type { Payment } from './payment';
import { readPayment } from './read-payment';

interface Owner {
	merchantId: string;
	mode: Mode;
	dialect: Dialect;
	/** Null: any of the merchant's, also one that was deleted. */
	applicationId: string | null;
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** A merchant's payment in one mode and dialect by our transaction id. Throws `not_found`. */
export async function findMerchantPayment(
	{ db }: Context,
	{ merchantId, mode, dialect, applicationId }: Owner,
	id: string
): Promise<Payment> {
	const own = UUID.test(id)
		? await db.read
				.selectFrom('transactions as t')
				.innerJoin('applications as a', 'a.id', 't.application_id')
				.select('t.id')
				.where('t.id', '=', id)
				.where('t.merchant_id', '=', merchantId)
				.where('t.mode', '=', mode)
				.where('a.dialect', '=', dialect)
				.$if(applicationId !== null, (query) => query.where('a.id', '=', applicationId ?? ''))
				.executeTakeFirst()
		: undefined;
	const payment = own && (await readPayment(db.read, own.id));
	if (!payment) throw new BusinessError('not_found', 'No payment has this id');
	return payment;
}
