import {
	readMerchantSettings,
	saveMerchantSettings,
	type MerchantSettings
} from '../../src/lib/server/merchants/merchant-settings';
import { attemptKey } from '../../src/lib/server/payments/attempt-key';
import type { NewLeg } from '../../src/lib/server/payments/leg';
import type { Payment } from '../../src/lib/server/payments/payment';
import {
	requestWithdrawal,
	type WithdrawalResult
} from '../../src/lib/server/payments/request-withdrawal';
import type { Order } from '../../src/lib/server/sessions/open-session';
import type { Shop } from './open-shop';

/** Accounts of the simulator, by what becomes of a payout to them. */
export const ibans = {
	paid: 'DE89370400440532013000',
	refused: 'GB29NWBK60161331926819',
	slow: 'FR1420041010050500013M02606',
	slowRefused: 'NL91ABNA0417164300',
	hangPaid: 'ES9121000418450200051332',
	hangLost: 'IT60X0542811101000000123456',
	error: 'AT611904300234573201',
	garbage: 'BE68539007547034'
} as const;

/** A withdrawal's session; €100.00 unless the order says otherwise. */
export function openWithdrawal(shop: Shop, order: Partial<Order> = {}): Promise<Payment> {
	return shop.open({ intent: 'withdrawal', amount: 10_000, ...order });
}

export function bankLeg(amount: number, iban: keyof typeof ibans = 'paid'): NewLeg {
	return {
		method: 'bank',
		kind: 'bank_payout',
		amount,
		destination: { kind: 'iban', iban: ibans[iban], holder: 'Ada Payer' },
		label: `${ibans[iban].slice(0, 2)}•• •••• ${ibans[iban].slice(-4)}`,
		sourceAttemptId: null
	};
}

/** The payer's yes to a withdrawal, to one bank account unless the legs say otherwise. */
export function request(
	{ context }: Shop,
	payment: Payment,
	legs: readonly NewLeg[] = [bankLeg(payment.amount ?? 0)]
): Promise<WithdrawalResult> {
	return requestWithdrawal(context, {
		payment,
		attemptKey: attemptKey(context, payment.transactionId, payment.tries + 1),
		legs,
		kycStatus: null
	});
}

/** A withdrawal that waits for the merchant, as it stands then. */
export async function openRequest(
	shop: Shop,
	iban: keyof typeof ibans = 'paid',
	order: Partial<Order> = {}
): Promise<Payment> {
	const payment = await openWithdrawal(shop, order);
	const { kind } = await request(shop, payment, [bankLeg(payment.amount ?? 0, iban)]);
	if (kind !== 'requested') throw new Error(`Not requested: ${kind}`);
	return shop.read(payment);
}

export async function setMerchant(
	{ context, application }: Shop,
	change: Partial<MerchantSettings>
): Promise<void> {
	const { merchantId } = application;
	const before = await readMerchantSettings(context, merchantId, 'test');
	await context.db.inTransaction((tx) =>
		saveMerchantSettings(context, tx, merchantId, 'test', { ...before, ...change })
	);
}
