import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { returnAddress } from '$lib/server/api-checkout/return-address';
import { readPayment } from '$lib/server/payments/read-payment';
import type { State } from '$lib/server/payments/states';
import { findSession } from '$lib/server/sessions/find-session';
import { sessionToken } from '$lib/server/sessions/session-token';
import { describeCheckout, orderOf } from './stage';

describeCheckout('the address back to the merchant', (stage) => {
	async function addressAfter(state: State, redirectUrl: string | null) {
		const { context } = stage;
		const { id } = await stage.open({ ...orderOf(stage.merchant), redirectUrl });
		const payment = await readPayment(context.db.read, id);
		const session =
			payment &&
			(await findSession(context, sessionToken(context, { id: payment.sessionId, version: 1 })));
		if (!session) throw new Error('No such session');
		return { id, address: await returnAddress(context, session, { ...payment, state }) };
	}

	test('names the payment and its status, signed with the application’s secret', async () => {
		const { id, address } = await addressAfter('canceled', 'https://shop.example/back?basket=7');
		expect(address).toContain('https://shop.example/back?basket=7&id=');
		const { searchParams } = new URL(address ?? '');
		expect([...searchParams.keys()]).toEqual(['basket', 'id', 'status', 'signature']);
		const { webhookSecret } = stage.merchant.application;
		const key = Buffer.from(webhookSecret.slice('whsec_'.length), 'base64');
		expect(searchParams.get('id')).toBe(id);
		expect(searchParams.get('signature')).toBe(
			createHmac('sha256', key).update(`${id}.CANCELLED`).digest('hex')
		);
	});

	test('is none where none was given', async () => {
		expect((await addressAfter('expired', null)).address).toBeNull();
	});
});
