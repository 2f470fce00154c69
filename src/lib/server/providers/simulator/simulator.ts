import type { Provider } from '../provider';
import { askForPayment, askOfPayment } from './ask-payment';
import { keepCard } from './keep-card';
import { methods } from './methods';
import { cardOf, orderOf, payoutOf } from './orders';
import { readNotification } from './read-notification';
import { inquireRefund, refund } from './refunds';

/** The make-believe acquirer of this installation, spoken to as if it were anybody's. */
export const simulator = {
	name: 'simulator',
	methods,
	payByCard: (call, payment) =>
		askForPayment(call, '/payments', payment, {
			...orderOf(call, payment),
			kind: 'card',
			card: cardOf(payment.card),
			keep_card: payment.keepCard
		}),
	payByRedirect: (call, payment) =>
		askForPayment(call, '/payments', payment, { ...orderOf(call, payment), kind: 'redirect' }),
	payByTransfer: (call, payment) =>
		askForPayment(call, '/payments', payment, { ...orderOf(call, payment), kind: 'bank_transfer' }),
	payByVoucher: (call, payment) =>
		askForPayment(call, '/payments', payment, {
			...orderOf(call, payment),
			kind: 'voucher',
			code: payment.code
		}),
	payOut: (call, payout) => askForPayment(call, '/payouts', payout, payoutOf(call, payout)),
	keepCard,
	refund,
	inquireRefund,
	inquire: (call, attempt) => askOfPayment(call, 'GET', attempt),
	cancel: (call, attempt) => askOfPayment(call, 'POST', attempt),
	readNotification
} satisfies Provider;
