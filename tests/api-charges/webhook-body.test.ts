import { describe, expect, it } from 'vitest';
import type { Context } from '$lib/server/context';
import { renderChargeWebhook, standingsOf, statusOf } from '$lib/server/api-charges/views';
import { isTold, type EventKind, type ToldEvent } from '$lib/server/webhooks/event';

const context = {
	config: { secret: Buffer.alloc(32, 7), origin: 'https://pay.example' }
} as unknown as Context;

function event(kind: EventKind, snapshot: Partial<ToldEvent['snapshot']> = {}): ToldEvent {
	return {
		transactionId: '0192f0c8-7d2e-7c3b-9a54-3b1c2d4e5f60',
		version: 2,
		kind,
		at: 1_700_000_900_000,
		mode: 'test',
		intent: 'deposit',
		snapshot: {
			state: 'succeeded',
			amount: 200_000,
			currency: 'YER',
			payerReference: null,
			reference: 'order-1',
			reason: null,
			reasonMessage: null,
			attemptId: null,
			method: null,
			...snapshot
		},
		order: {
			sessionId: '0192f0c8-7d2e-7c3b-9a54-000000000000',
			tokenVersion: 1,
			applicationId: 'a',
			merchantId: 'm',
			clientId: null,
			description: 'Purchase of a watch',
			customer: { first_name: 'Amal' },
			returnAddresses: { return: 'https://shop.example/thanks' },
			webhookUrl: 'https://shop.example/hook',
			dialectData: { customer: { name: 'Amal', email: null, phone: null }, metadata: null },
			openedAt: 1_700_000_000_999,
			expiresAt: 1_700_003_600_999
		}
	};
}

const render = (...of: Parameters<typeof event>) =>
	JSON.parse(renderChargeWebhook(context, event(...of)) ?? 'null') as Record<string, unknown>;

describe('the body of a webhook', () => {
	it('is the charge, compact, with the seed’s keys first', () => {
		const body = renderChargeWebhook(context, event('succeeded')) ?? '';
		const { transaction_url: url } = JSON.parse(body) as { transaction_url: string };
		expect(url).toMatch(/^https:\/\/pay\.example\/pay\/[\w-]{43}$/);
		expect(body).toBe(
			'{"id":"chg_0192f0c87d2e7c3b9a543b1c2d4e5f60","status":"CAPTURED","amount":2000,' +
				'"currency":"YER","description":"Purchase of a watch",' +
				`"transaction_url":"${url}","created":1700000000,"amount_decimal":"2000",` +
				'"reference":"order-1","customer":{"name":"Amal","email":null,"phone":null},' +
				'"metadata":null,"redirect_url":"https://shop.example/thanks",' +
				'"post_url":"https://shop.example/hook","failure_code":null,"failure_message":null}'
		);
	});

	it('is there for the ends of a charge, and for one that was taken back', () => {
		const kinds = Object.keys(isTold) as EventKind[];
		const told = kinds.filter((kind) => renderChargeWebhook(context, event(kind)) !== null);
		expect(told.sort()).toEqual(['canceled', 'declined', 'expired', 'reversed', 'succeeded']);
	});

	it('says that a payment was taken back after all', () => {
		const reason = { reason: 'declined', reasonMessage: 'The bank took it back' };
		expect(render('reversed', { ...reason, state: 'succeeded', reversed: true })).toMatchObject({
			status: 'FAILED',
			failure_code: 'declined',
			failure_message: 'The bank took it back'
		});
	});

	it.each(['declined', 'canceled', 'expired'] as const)('says why it was %s', (kind) => {
		const reason = { reason: 'do_not_honor', reasonMessage: 'The bank said no' };
		expect(render(kind, { state: kind, ...reason })).toMatchObject({
			status: 'FAILED',
			failure_code: 'do_not_honor',
			failure_message: 'The bank said no'
		});
		const words = render(kind, { state: kind });
		expect(words).toMatchObject({ failure_code: kind });
		expect(words.failure_message).toMatch(new RegExp(`${kind}$`));
	});

	it('keeps the reason of an earlier try out of a charge that was paid', () => {
		const paid = { state: 'succeeded', reason: 'insufficient_funds', reasonMessage: 'Poor' };
		expect(render('succeeded', paid)).toMatchObject({ failure_code: null, failure_message: null });
	});

	it('shows a fraction that is out of use rather than to lose it', () => {
		expect(render('succeeded', { amount: 200_050 })).toMatchObject({
			amount: 2000,
			amount_decimal: '2000.50'
		});
	});
});

describe('the status of a charge', () => {
	it('follows the contract’s table', () => {
		expect(standingsOf('CAPTURED')).toEqual(['succeeded']);
		expect(standingsOf('FAILED')).toContain('reversed');
		expect(statusOf({ state: 'succeeded', reversed: true })).toBe('FAILED');
		for (const state of ['created', 'action_required', 'pending'] as const) {
			expect(statusOf({ state })).toBe('INITIATED');
		}
		for (const state of ['declined', 'canceled', 'expired'] as const) {
			expect(statusOf({ state })).toBe('FAILED');
		}
	});
});
