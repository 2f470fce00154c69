import type { Card, Destination, KeptCard, Order, Payout, ProviderCall } from '../provider';

/** What every payment is asked with, in the acquirer's words. */
export function orderOf(call: ProviderCall, payment: Order) {
	return {
		attempt_id: payment.attemptId,
		...payment.amount,
		return_url: payment.returnUrl,
		callback_url: call.callbackUrl,
		description: payment.description,
		payer_ip: payment.payerIp,
		locale: payment.locale
	};
}

export function payoutOf(call: ProviderCall, payout: Payout) {
	return {
		attempt_id: payout.attemptId,
		...payout.amount,
		destination: destinationOf(payout.destination),
		callback_url: call.callbackUrl,
		description: payout.description
	};
}

export function cardOf(card: Card | KeptCard) {
	if ('token' in card) return { token: card.token, security_code: card.securityCode };
	return {
		number: card.number,
		expiry_month: card.expiryMonth,
		expiry_year: card.expiryYear,
		security_code: card.securityCode,
		holder_name: card.holderName
	};
}

function destinationOf(destination: Destination) {
	switch (destination.kind) {
		case 'iban':
		case 'wallet':
		case 'phone':
			return destination;
		case 'local_account': {
			const { bankCode, ...account } = destination;
			return { ...account, bank_code: bankCode };
		}
		case 'card':
			return { kind: 'card', token: destination.token };
		case 'origin': {
			const { attemptId, providerReference } = destination;
			return { kind: 'origin', attempt_id: attemptId, payment_id: providerReference };
		}
	}
}
