import { beforeAll, expect, test } from 'vitest';
import { cancelPayment } from '../../src/lib/server/payments/cancel-payment';
import { OutgoingError } from '../../src/lib/server/outgoing/outgoing-error';
import { startInstructions } from '../../src/lib/server/sessions/start-instructions';
import { describeOnEachEngine } from '../databases';
import { HOUR, openTransferShop, type TransferShop } from './transfer-shop';

describeOnEachEngine('a payment that somebody gives up, or cannot begin', (open) => {
	let shop: TransferShop;
	beforeAll(async () => {
		shop = await openTransferShop(open);
	});

	test('nobody paid with what came for a transfer, though the answer got lost', async () => {
		const payment = await shop.await({ under: true });
		await shop.credit(payment, 400);
		shop.line.cut = 'after';
		expect(await cancelPayment(shop.context, await shop.read(payment))).toBe('not_now');
		shop.line.cut = 'none';
		await shop.work(HOUR);
		expect(await shop.read(payment)).toMatchObject({ state: 'expired' });
		expect(await shop.attempts(payment)).toMatchObject([{ reason: 'canceled_by_payer' }]);
		expect(await shop.moved()).toEqual({ payers: -400, unapplied: 400 });
		expect(await shop.queue(payment)).toMatchObject([{ amount: 400, way: 'queue' }]);
	});

	test('less pays it all the same where the word of the payer never got there', async () => {
		const payment = await shop.await({ under: true });
		await shop.credit(payment, 400);
		shop.line.cut = 'before';
		expect(await cancelPayment(shop.context, await shop.read(payment))).toBe('not_now');
		shop.line.cut = 'none';
		await shop.work(HOUR);
		expect(await shop.read(payment)).toMatchObject({ state: 'action_required' });
		await shop.timeUp();
		expect(await shop.read(payment)).toMatchObject({ state: 'succeeded', receivedAmount: 400 });
	});

	test('a provider that is down ends nothing, however often it is asked', async () => {
		const payment = await shop.open();
		const down = {
			...shop.context,
			fetch: () => Promise.reject(new OutgoingError('unreachable', 'nobody there'))
		};
		const named = { method: 'bank_transfer', provider: 'simulator' };
		for (let time = 1; time <= 7; time++) {
			await expect(startInstructions(down, await shop.read(payment), named)).rejects.toMatchObject({
				code: 'in_progress',
				details: { retryAfterSeconds: 10 }
			});
		}
		expect(await shop.read(payment)).toMatchObject({ state: 'created', submissions: 0 });
		const begun = await startInstructions(shop.context, await shop.read(payment), named);
		expect(begun.kind).toBe('elsewhere');
	});
});
