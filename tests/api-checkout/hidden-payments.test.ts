import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { findApplication } from '$lib/server/merchants/find-application';
import { openSession } from '$lib/server/sessions/open-session';
import { addMerchant } from '../api-cashier/stage';
import { describeCheckout, refusalOf, type CheckoutStage } from './stage';

describeCheckout('a payment', (stage) => {
	test('of another mode or API is not found, nor is one that is none', async () => {
		const { context, merchant } = stage;
		const { accessToken, application: own } = merchant;
		const cashier = await addMerchant(context, 'Cashier');
		await context.db.inTransaction((tx) =>
			tx
				.updateTable('applications')
				.set({ merchant_id: merchant.merchantId })
				.where('id', '=', cashier.applicationId)
				.execute()
		);
		const hidden = [
			await openElsewhere(stage, own.id, 'live'),
			await openElsewhere(stage, cashier.applicationId, 'test')
		];
		for (const paymentId of [...hidden, randomUUID(), 'x', '%00', "'", 'CHG_1']) {
			for (const token of [accessToken, own.token]) {
				for (const path of [
					`/api/payment/${paymentId}`,
					`/api/payment/${paymentId}/provider/simulator/method/bank_transfer`
				]) {
					refusalOf(await stage.call({ path, token }), 404);
				}
			}
		}
		const { text } = await stage.call({ path: '/api/payments?perPage=100', token: accessToken });
		for (const id of hidden) expect(text).not.toContain(id);
	});
});

/** A payment that no call of the Checkout API in test mode can have made. */
async function openElsewhere(
	{ context }: CheckoutStage,
	applicationId: string,
	mode: 'test' | 'live'
): Promise<string> {
	const owner = await findApplication(context, applicationId);
	if (!owner) throw new Error('No such application');
	const { transactionId } = await openSession(context, owner, {
		mode,
		intent: 'deposit',
		amount: 100,
		currency: 'USD',
		amountEditable: false,
		lowestAmount: null,
		highestAmount: null,
		presetAmounts: null,
		payerReference: null,
		reference: randomUUID(),
		customer: null,
		payerIp: null,
		description: null,
		returnAddresses: {},
		webhookUrl: null,
		locale: null,
		theme: 'auto',
		methods: null,
		expiresIn: 3600,
		dialectData: { settlementCurrencyCode: null }
	});
	return transactionId;
}
