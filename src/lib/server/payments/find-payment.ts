import type { Context } from '$lib/server/context';
import type { Intent, Mode } from '$lib/server/db/schema';
import { BusinessError } from '$lib/server/errors';
import type { Payment } from './payment';
import { readPaymentOfSession } from './read-payment';

/**
 * An application's payment in one mode: by our transaction id first, else the newest under the
 * merchant's reference; of one intent where that is said. Throws `not_found`.
 */
export async function findPayment(
	context: Context,
	owner: { applicationId: string; mode: Mode },
	id: string,
	intent?: Intent
): Promise<Payment> {
	const own = () =>
		context.db.read
			.selectFrom('transactions')
			.select('session_id')
			.where('application_id', '=', owner.applicationId)
			.where('mode', '=', owner.mode)
			.$if(intent !== undefined, (query) => query.where('intent', '=', intent ?? 'deposit'));
	const row =
		(await own().where('id', '=', id).executeTakeFirst()) ??
		(await own().where('reference', '=', id).orderBy('id', 'desc').limit(1).executeTakeFirst());
	if (!row) throw new BusinessError('not_found', 'No transaction has this id');
	return readPaymentOfSession(context, row.session_id);
}
