import { beforeEach, expect, test } from 'vitest';
import {
	readMerchantSettings,
	saveMerchantSettings,
	type MerchantSettings
} from '../../src/lib/server/merchants/merchant-settings';
import { availableMethods } from '../../src/lib/server/payments/available-methods';
import { describeOnEachEngine } from '../databases';
import { openShop, type Shop } from './open-shop';

const APPROVED = '4242 4242 4242 4242';
const DECLINED = '4000 0000 0000 0002';
const HANG_CHARGED = '4000 0000 0000 5019';
const DAY = 86_400_000;

describeOnEachEngine('limits and gates of deposits', (open) => {
	let shop: Shop;
	beforeEach(async () => {
		shop = await openShop(open);
	});

	async function set(change: Partial<MerchantSettings>) {
		const { context, application } = shop;
		const { merchantId } = application;
		const before = await readMerchantSettings(context, merchantId, 'test');
		await context.db.inTransaction((tx) =>
			saveMerchantSettings(context, tx, merchantId, 'test', { ...before, ...change })
		);
	}

	const daily = (amount: number) => ({
		limits: [
			{
				intent: 'deposit' as const,
				method: null,
				currency: 'EUR',
				period: 'day' as const,
				amount,
				uses: null
			}
		]
	});

	test('a day’s limit holds over sessions, and frees what was declined', async () => {
		await set(daily(2_500));
		const [first, second, third] = [await shop.open(), await shop.open(), await shop.open()];
		await shop.pay(first, APPROVED);
		await shop.pay(second, DECLINED);
		await shop.pay(await shop.read(second), APPROVED);
		expect(await shop.read(second)).toMatchObject({ state: 'succeeded' });
		expect(await shop.pay(third, APPROVED)).toBe('limit_reached');
		expect(await shop.read(third)).toMatchObject({ state: 'created', tries: 0 });
		expect(await shop.acquirer(third)).toEqual([]);
		const other = await shop.open({ payerReference: 'somebody else' });
		expect(await shop.pay(other, APPROVED)).toBe('sent');
		shop.context.clock.advance(DAY);
		const tomorrow = await shop.open();
		expect(await shop.pay(tomorrow, APPROVED)).toBe('sent');
	});

	test('ten at once: no more than the limit, undecided ones included', async () => {
		await set(daily(3_500));
		const payments = await Promise.all(Array.from({ length: 10 }, () => shop.open()));
		const results = await Promise.all(
			payments.map((payment, at) => shop.pay(payment, at % 2 ? APPROVED : HANG_CHARGED))
		);
		expect(results.filter((result) => result === 'sent')).toHaveLength(3);
	});

	test('the payer is told before trying', async () => {
		await set(daily(1_500));
		await shop.pay(await shop.open(), APPROVED);
		const { application, context } = shop;
		const wanted = {
			merchantId: application.merchantId,
			mode: 'test',
			intent: 'deposit',
			transactionId: 'any',
			amount: 1_005,
			currency: 'EUR',
			methods: ['card']
		} as const;
		const payer = { reference: '128', country: null, kycStatus: null };
		const methods = { ...wanted, methods: ['card'], payer };
		expect(await availableMethods(context, methods)).toMatchObject([
			{ name: 'card', usable: false, because: 'limit_reached', left: { highest: 495 } }
		]);
		const small = { ...methods, amount: 495 };
		expect(await availableMethods(context, small)).toMatchObject([{ usable: true, because: null }]);
	});

	test('a KYC status that the merchant does not take money from', async () => {
		await set({ kyc: { deposit: ['passed'], withdrawal: ['passed'] } });
		const payment = await shop.open();
		expect(await shop.pay(payment, APPROVED)).toBe('not_verified');
		expect(await shop.acquirer(payment)).toEqual([]);
		const { application, context } = shop;
		const [method] = await availableMethods(context, {
			merchantId: application.merchantId,
			mode: 'test',
			intent: 'deposit',
			transactionId: 'any',
			amount: 1_005,
			currency: 'EUR',
			methods: ['card'],
			payer: { reference: '128', country: null, kycStatus: 'pending' }
		});
		expect(method).toMatchObject({ usable: false, because: 'not_verified' });
	});
});
