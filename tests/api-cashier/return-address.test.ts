import { createHmac } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { returnAddress } from '../../src/lib/server/api-cashier/return-address';
import { readWebhookSecrets } from '../../src/lib/server/merchants/webhook-secrets';
import type { Payment } from '../../src/lib/server/payments/payment';
import type { State } from '../../src/lib/server/payments/states';
import { findSession } from '../../src/lib/server/sessions/find-session';
import type { ReturnAddresses, Session } from '../../src/lib/server/sessions/session';
import { sessionToken } from '../../src/lib/server/sessions/session-token';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from '../payments/open-shop';

const addresses: ReturnAddresses = {
	return: 'https://shop.example/return?flag&x=a%20b',
	success: 'https://shop.example/success'
};

describeOnEachEngine('the address back to the merchant', (open) => {
	let shop: Shop;
	let payment: Payment;
	let session: Session;
	beforeAll(async () => {
		shop = await openShop(open);
		payment = await shop.open({ reference: 'order 7/ä', returnAddresses: addresses });
		const token = sessionToken(shop.context, { id: payment.sessionId, version: 1 });
		const found = await findSession(shop.context, token);
		if (!found) throw new Error('The session is gone');
		session = found;
	});

	const address = (state: State, returnAddresses = addresses) =>
		returnAddress(shop.context, { ...session, returnAddresses }, { ...payment, state });

	test('names the payment and its status, signed with the webhook secret', async () => {
		const url = new URL((await address('succeeded')) ?? '');
		expect(url.origin + url.pathname).toBe('https://shop.example/success');
		const names = ['transaction_id', 'tracking_id', 'status', 'signature'];
		expect([...url.searchParams.keys()]).toEqual(names);
		const { webhookSecret } = await readWebhookSecrets(
			shop.context,
			shop.application.id,
			session.mode
		);
		const key = Buffer.from(webhookSecret.slice('whsec_'.length), 'base64');
		const signed = `${payment.transactionId}.order 7/ä.successful`;
		expect(url.searchParams.get('signature')).toBe(
			createHmac('sha256', key).update(signed).digest('hex')
		);
	});

	test('without an address of its own, a state leads to the common one, whose query stays', async () => {
		for (const state of ['declined', 'canceled', 'expired'] as const) {
			const url = await address(state);
			expect(url).toContain('https://shop.example/return?flag&x=a%20b&transaction_id=');
			expect(url).toContain('&status=rejected&');
		}
	});

	test('what the address says under our names is replaced', async () => {
		const url = await address('succeeded', { success: 'https://shop.example/?status=forged&a=1' });
		expect(new URL(url ?? '').searchParams.getAll('status')).toEqual(['successful']);
	});

	test('none where the merchant named none', async () => {
		expect(await address('canceled', { success: 'https://shop.example/success' })).toBeNull();
	});
});
