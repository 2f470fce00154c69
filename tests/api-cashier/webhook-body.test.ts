import { describe, expect, it } from 'vitest';
import { rejectedReason, renderCashierWebhook, viewStatus } from '$lib/server/api-cashier/views';
import type { EventSnapshot, PaymentEvent } from '$lib/server/webhooks/event';

function event(snapshot: Partial<EventSnapshot>): PaymentEvent {
	return {
		transactionId: 't-1',
		version: 2,
		kind: 'succeeded',
		at: 0,
		mode: 'test',
		intent: 'deposit',
		snapshot: {
			state: 'succeeded',
			amount: 20_000,
			currency: 'EUR',
			payerReference: '007',
			reference: 'order-1',
			reason: null,
			reasonMessage: null,
			attemptId: null,
			method: null,
			...snapshot
		}
	};
}

describe('the body of a webhook', () => {
	it('has the contract’s keys in its order, compact', () => {
		expect(renderCashierWebhook(event({}))).toBe(
			'{"transaction_id":"t-1","user_id":"007","tracking_id":"order-1","status":"successful",' +
				'"currency":"EUR","amount":"200.00","transaction_type":"deposit"}'
		);
	});

	it.each([
		['JPY', 20_000, '20000'],
		['KWD', 1_005, '1.005'],
		['EUR', 5, '0.05'],
		['EUR', null, '0.00']
	])('writes %s %s as %s', (currency, amount, written) => {
		expect(JSON.parse(renderCashierWebhook(event({ currency, amount })) ?? '').amount).toBe(
			written
		);
	});

	it('says the words of the contract', () => {
		expect(viewStatus('action_required')).toBe('pending');
		expect(viewStatus('succeeded')).toBe('successful');
		expect(viewStatus('expired')).toBe('rejected');
	});
});

describe('the reason of a rejection', () => {
	it('is the sentence, else the word, and nothing while it is open or paid', () => {
		const declined = { state: 'declined', reason: 'insufficient_funds' } as const;
		const reasonMessage = 'Insufficient funds';
		expect(rejectedReason({ ...declined, reasonMessage })).toBe('Insufficient funds');
		expect(rejectedReason({ ...declined, reasonMessage: null })).toBe('insufficient_funds');
		// A try that was declined leaves its reason on a payment that may still succeed.
		expect(rejectedReason({ ...declined, state: 'created', reasonMessage })).toBeUndefined();
		expect(rejectedReason({ ...declined, state: 'succeeded', reasonMessage })).toBeUndefined();
	});
});
