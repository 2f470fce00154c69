import type { Context } from '$lib/server/context';
import { findMerchantPayment } from '$lib/server/payments/find-merchant-payment';
import { readPaymentsPage } from '$lib/server/payments/page-payments';
import type { Payment } from '$lib/server/payments/payment';
import { readOrderFacts } from '$lib/server/webhooks/order-facts';
import type { PaymentView } from './answers';
import type { CheckoutCaller } from './auth';
import { viewPayment } from './views';

/** The payment of an address, where it is the caller's. Throws `not_found`. */
export function findOwnPayment(
	{ context, merchantId, mode, application }: CheckoutCaller,
	{ id = '' }: { id?: string }
): Promise<Payment> {
	const applicationId = application?.id ?? null;
	const owner = { merchantId, mode, dialect: 'checkout', applicationId } as const;
	return findMerchantPayment(context, owner, id);
}

/** A payment together with its order, as it is answered. */
export async function readPaymentView(context: Context, payment: Payment): Promise<PaymentView> {
	const [view] = await viewAll(context, [payment]);
	if (!view) throw new Error('A payment without an order');
	return view;
}

/** A numbered page of the merchant's payments. */
export async function viewPayments(
	{ context, merchantId, mode }: CheckoutCaller,
	{ page, perPage }: { page: number; perPage: number }
) {
	const owner = { merchantId, mode, dialect: 'checkout' } as const;
	const { payments, total } = await readPaymentsPage(context, owner, { page, perPage });
	const lastPage = Math.max(1, Math.ceil(total / perPage));
	return { data: await viewAll(context, payments), meta: { page, perPage, total, lastPage } };
}

async function viewAll(context: Context, payments: Payment[]): Promise<PaymentView[]> {
	const ids = payments.map(({ transactionId }) => transactionId);
	const orders = await readOrderFacts(context, ids);
	return payments.flatMap((payment) => {
		const order = orders.get(payment.transactionId);
		return order ? [viewPayment(payment, order)] : [];
	});
}
