import { expect, test, vi } from 'vitest';
import { setRate } from '../../src/lib/server/rates/set-rate';
import { openReceiver } from '../webhooks/receiver';
import { attemptsOf, transactionOf } from './facts';
import { seedS2s } from './orders';
import { ibans, legTo, requestPayout } from './request-payout';
import { addAccount, addMerchant, describeApi, type Merchant } from './stage';

const patience = { timeout: 20_000, interval: 50 };

describeApi('what the list tells of fees, conversion and payouts', (stage) => {
	const list = async ({ testKey: key }: Merchant) => {
		const { text } = await stage.call({ path: '/api/v1/transactions', key });
		return JSON.parse(text) as object[];
	};

	const pay = async ({ testKey: key }: Merchant, request: object) => {
		const seed = seedS2s();
		const body = { ...seed, request: { ...seed.request, ...request } };
		return stage.call({ path: '/api/v1/s2s', key, body });
	};

	const disable = (id: number) =>
		stage.context.db.inTransaction((tx) =>
			tx.updateTable('provider_accounts').set({ enabled: 0 }).where('id', '=', id).execute()
		);

	const approve = async ({ testKey: key }: Merchant, transaction_id: string) => {
		const path = '/api/v1/withdrawal/approve';
		const { status, text } = await stage.call({ path, key, body: { transaction_id } });
		expect(status, text).toBe(200);
	};

	const ended = (reference: string) =>
		vi.waitFor(async () => {
			const { state } = await transactionOf(stage.context, reference);
			expect(['succeeded', 'failed']).toContain(state);
		}, patience);

	test('amount is what the provider moved, user_amount what the payer saw', async () => {
		const receiver = await openReceiver();
		const shop = await addMerchant(stage.context, 'Abroad Ltd');
		const fee = { method: null, intent: null, percent: '1', bearer: 'payer' } as const;
		await addAccount(stage.context, shop, {
			settings: {
				currencies: ['ISK'],
				fxPercent: '1',
				fees: [{ ...fee, currency: 'EUR', fixed: 50 }]
			}
		});
		await disable(shop.accountId);
		const date = new Date().toISOString().slice(0, 10);
		const rate = { base: 'EUR', quote: 'ISK', rate: '140', source: 'Tests', date };
		await stage.context.db.inTransaction((tx) => setRate(stage.context, tx, rate));
		const settings = { webhook_url: receiver.url };
		const { json } = await pay(shop, { amount: 100, settings });
		expect(json.transaction_status).toBe('successful');
		// 100.00 + 1.50 of fee, times 140; 1 % of that for converting, 142.1, is 142.
		expect(await list(shop)).toMatchObject([
			{
				transaction_id: json.transaction_id,
				gateway_transaction_id: expect.any(String),
				provider_transaction_id: expect.any(String),
				payment_provider: 'simulator',
				status: 'successful',
				amount: 14_352,
				currency: 'ISK',
				user_amount: 100,
				user_currency: 'EUR',
				fx_amount: 142
			}
		]);
		await vi.waitFor(() => expect(receiver.received).toHaveLength(1), patience);
		expect(JSON.parse(String(receiver.received[0]?.body))).toMatchObject({
			status: 'successful',
			currency: 'EUR',
			amount: '100.00',
			transaction_type: 'deposit'
		});
	});

	test('a fee in the same currency is in amount alone', async () => {
		const shop = await addMerchant(stage.context, 'Fees Ltd');
		const fee = { method: null, intent: null, currency: 'EUR', percent: '0' };
		const fees = [
			{ ...fee, fixed: 150, bearer: 'payer' as const },
			{ ...fee, fixed: 20, bearer: 'merchant' as const }
		];
		await addAccount(stage.context, shop, { settings: { fees } });
		await disable(shop.accountId);
		await pay(shop, { amount: 10 });
		expect(await list(shop)).toMatchObject([
			{ amount: 11.5, currency: 'EUR', user_amount: 10, user_currency: 'EUR', fx_amount: 0 }
		]);
	});

	test('before any try, and where none could be made, it is the payment’s own', async () => {
		const shop = await addMerchant(stage.context, 'Closed Ltd');
		await disable(shop.accountId);
		await pay(shop, {});
		await requestPayout(stage, { key: shop.testKey });
		const own = {
			amount: 10.05,
			currency: 'EUR',
			user_amount: 10.05,
			gateway_transaction_id: null
		};
		expect(await list(shop)).toMatchObject([
			{ ...own, transaction_type: 'withdrawal', status: 'pending' },
			{ ...own, transaction_type: 'deposit', status: 'rejected' }
		]);
	});

	test('a payout in several legs is the sum of what they moved', async () => {
		const shop = await addMerchant(stage.context, 'Legs Ltd');
		// Older than the merchant's own account, so that each leg is tried there first.
		const moody = await addAccount(stage.context, shop, { credentials: { temper: 'moody' } });
		await stage.context.db.inTransaction((tx) =>
			tx.updateTable('provider_accounts').set({ created_at: 1 }).where('id', '=', moody).execute()
		);
		const key = shop.testKey;
		const both = await requestPayout(stage, {
			legs: [legTo(ibans.paid, 600), legTo(ibans.paid, 405)],
			key
		});
		const one = await requestPayout(stage, {
			legs: [legTo(ibans.closed, 600), legTo(ibans.paid, 405)],
			key
		});
		for (const { id, reference } of [both, one]) {
			await approve(shop, id);
			await ended(reference);
			expect((await attemptsOf(stage.context, reference)).length).toBeGreaterThan(2);
		}
		const type = { transaction_type: 'withdrawal', status: 'successful' };
		expect(await list(shop)).toMatchObject([
			{ ...type, transaction_id: one.id, amount: 4.05, user_amount: 4.05, fx_amount: 0 },
			{ ...type, transaction_id: both.id, amount: 10.05, user_amount: 10.05, fx_amount: 0 }
		]);
		// As where the second leg went out through an account in another currency.
		await stage.context.db.inTransaction((tx) =>
			tx
				.updateTable('attempts')
				.set({ currency: 'USD', amount: 440 })
				.where('transaction_id', '=', both.id)
				.where('leg', '=', 2)
				.execute()
		);
		expect((await list(shop))[1]).toMatchObject({ amount: 10.05, currency: 'EUR' });
	});

	test('a payout is told of by webhooks as one, from its request to its end', async () => {
		const receiver = await openReceiver();
		const fields = { settings: { webhook_url: receiver.url } };
		const paid = await requestPayout(stage, { fields });
		await approve(stage.merchant, paid.id);
		await ended(paid.reference);
		const rejected = await requestPayout(stage, { fields });
		const path = '/api/v1/withdrawal/reject';
		await stage.call({ path, body: { transaction_id: rejected.id } });
		await vi.waitFor(() => expect(receiver.received).toHaveLength(4), patience);
		const told = receiver.received.map(({ body }) => JSON.parse(String(body)) as object);
		const common = { user_id: '128', currency: 'EUR', amount: '10.05' };
		for (const [{ id, reference }, statuses] of [
			[paid, ['pending', 'successful']],
			[rejected, ['pending', 'rejected']]
		] as const) {
			const own = told.filter((each) => 'transaction_id' in each && each.transaction_id === id);
			expect(own).toEqual(
				statuses.map((status) => ({
					transaction_id: id,
					tracking_id: reference,
					transaction_type: 'withdrawal',
					status,
					...common
				}))
			);
		}
	});
});
