import { BusinessError } from '$lib/server/errors';
import { invalid } from '$lib/server/http/faults';
import { findMerchantPayment } from '$lib/server/payments/find-merchant-payment';
import { readPaymentsAfter } from '$lib/server/payments/page-payments';
import type { Payment } from '$lib/server/payments/payment';
import type { OpenedSession, Order } from '$lib/server/sessions/open-session';
import { readOrderFacts } from '$lib/server/webhooks/order-facts';
import type { Charge, ChargeList } from './answers';
import type { ChargesCaller } from './auth';
import { readChargeId } from './charge-id';
import type { ListQuery } from './queries';
import { standingsOf, viewCharge, viewChargeList } from './views';

/** The caller's payment that an address names. Throws `not_found`. */
export function findCharge(caller: ChargesCaller, id = ''): Promise<Payment> {
	return findOwn(caller, readChargeId(id) ?? '');
}

function findOwn({ context, application, mode }: ChargesCaller, transactionId: string) {
	const { id: applicationId, merchantId, dialect } = application;
	const owner = { merchantId, mode, dialect, applicationId };
	return findMerchantPayment(context, owner, transactionId);
}

/** A payment as the charge that it is. */
export async function describeCharge(caller: ChargesCaller, payment: Payment): Promise<Charge> {
	const [charge] = await describeCharges(caller, [payment]);
	if (!charge) throw new Error('A payment without an order');
	return charge;
}

/** The charge of an order, as it stands: the same order may have opened it long ago. */
export async function describeOpened(
	caller: ChargesCaller,
	order: Order,
	opened: OpenedSession
): Promise<Charge> {
	if (!opened.existed) return describeNew(caller, order, opened);
	return describeCharge(caller, await findOwn(caller, opened.transactionId));
}

/** The charge that an order opens. */
export function describeNew({ context }: ChargesCaller, order: Order, opened: OpenedSession) {
	return viewCharge(context, {
		...order,
		transactionId: opened.transactionId,
		state: 'created',
		reason: null,
		reasonMessage: null,
		order: {
			sessionId: opened.id,
			tokenVersion: 1,
			description: order.description,
			returnAddresses: { ...order.returnAddresses },
			webhookUrl: order.webhookUrl,
			dialectData: order.dialectData,
			openedAt: opened.openedAt
		}
	});
}

/** `GET /v1/charges`. Throws `invalid` for a `starting_after` that is no charge of the caller. */
export async function listCharges(caller: ChargesCaller, query: ListQuery): Promise<ChargeList> {
	const { context, application, mode } = caller;
	const { limit, after, status } = query;
	if (after !== undefined) await requireOwn(caller, after);
	const { payments, hasMore } = await readPaymentsAfter(
		context,
		{ applicationId: application.id, mode },
		{ limit, after, standings: status && standingsOf(status) }
	);
	return viewChargeList(await describeCharges(caller, payments), hasMore);
}

async function describeCharges({ context }: ChargesCaller, payments: Payment[]): Promise<Charge[]> {
	const ids = payments.map(({ transactionId }) => transactionId);
	const orders = await readOrderFacts(context, ids);
	return payments.flatMap((payment) => {
		const order = orders.get(payment.transactionId);
		return order ? [viewCharge(context, { ...payment, order })] : [];
	});
}

async function requireOwn(caller: ChargesCaller, transactionId: string): Promise<void> {
	try {
		await findOwn(caller, transactionId);
	} catch (error) {
		if (!(error instanceof BusinessError)) throw error;
		throw invalid([{ field: 'starting_after', message: 'is no charge of yours' }]);
	}
}
