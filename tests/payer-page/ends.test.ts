import { beforeAll, expect, test } from 'vitest';
import { cancelForMerchant, cancelPayment } from '../../src/lib/server/payments/cancel-payment';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from '../payments/open-shop';
import { visit } from './payer-visit';
import { someOrder } from './some-order';

const order = { ...someOrder, methods: ['card'] };
const merchant = 'Pelican Books';

describeOnEachEngine("ends that the payer's page tells apart", (open) => {
	let shop: Shop;
	beforeAll(async () => {
		shop = await openShop(open);
	});

	test('the merchant has canceled the payment', async () => {
		const payer = await visit(shop, order);
		await cancelForMerchant(shop.context, (await payer.scene()).payment);
		expect(await payer.view()).toMatchObject({
			step: 'result',
			result: {
				outcome: 'canceled',
				lines: [`${merchant} has canceled this payment.`, 'Nothing was charged.']
			}
		});
	});

	test('the payer has canceled it: nobody else is named', async () => {
		const payer = await visit(shop, order);
		await cancelPayment(shop.context, (await payer.scene()).payment);
		expect(await payer.view()).toMatchObject({ result: { lines: ['Nothing was charged.'] } });
	});

	test('a provider has taken its word back', async () => {
		const payer = await visit(shop, order);
		await payer.pay('4242 4242 4242 4242');
		const { payment } = await payer.scene();
		await shop.context.db.inTransaction((tx) =>
			tx
				.updateTable('transactions')
				.set({ reversed: 1 })
				.where('id', '=', payment.transactionId)
				.execute()
		);
		expect(await payer.view()).toMatchObject({
			result: {
				outcome: 'declined',
				lines: [
					`Your payment of €10.05 to ${merchant} was not made.`,
					`It was accepted at first, but the money did not come in the end. Ask ${merchant} what to do now.`
				]
			},
			facts: { events: ['ready', 'failure'], detail: { status: 'rejected' } }
		});
	});
});
