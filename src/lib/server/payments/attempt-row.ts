import type { Context } from '$lib/server/context';
import type { Schema } from '$lib/server/db/schema';
import type { Choice } from '$lib/server/routing/decision';
import { nextAskAt } from './ask-schedule';
import type { Payment } from './payment';

interface NewAttempt {
	payment: Payment;
	attemptId: string;
	choice: Choice;
	/** Minor units of the payment's currency. */
	userAmount: number;
	/** Accounts that come after this one, should it decline softly. */
	followers: number;
}

/** The row of an attempt that is about to be sent: what it is known by, and on which terms. */
export function attemptRow(
	context: Context,
	{ payment, attemptId, choice, userAmount, followers }: NewAttempt
): Schema['attempts'] {
	const { account, offer, terms } = choice;
	const now = context.clock.now();
	return {
		id: attemptId,
		transaction_id: payment.transactionId,
		number: payment.tries + 1,
		provider_account_id: account.id,
		provider: account.provider.name,
		method: offer.name,
		kind: offer.kind,
		state: 'sent',
		amount: terms.provider.amount,
		currency: terms.provider.currency,
		user_amount: userAmount,
		fee: terms.fee,
		merchant_fee: terms.merchantFee,
		rate: terms.rate?.rate ?? null,
		rate_source: terms.rate?.source ?? null,
		rate_date: terms.rate?.date ?? null,
		fx_fee: terms.fxFee,
		provider_reference: null,
		action: null,
		card_brand: null,
		card_first6: null,
		card_last4: null,
		card_expiry: null,
		leg: null,
		pay_until: null,
		received_amount: 0,
		instrument_id: null,
		keeps_card: 0,
		followers,
		ordered: null,
		reason: null,
		reason_message: null,
		ask_at: nextAskAt(now, 0),
		asked: 0,
		created_at: now,
		updated_at: now
	};
}
