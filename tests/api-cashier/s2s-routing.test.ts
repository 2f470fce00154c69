import { expect, test, vi } from 'vitest';
import { saveMerchantSettings } from '../../src/lib/server/merchants/merchant-settings';
import { saveRoutingSet } from '../../src/lib/server/routing/routing-set';
import { attemptsOf, chargesOf, transactionOf } from './facts';
import { seedS2s } from './orders';
import { addAccount, addMerchant, describeApi, type Merchant } from './stage';

const path = '/api/v1/s2s';

describeApi('the account that a server-to-server payment goes to', (stage) => {
	const post = ({ testKey: key }: Merchant, request: object = {}, card: object = {}) => {
		const body = seedS2s(card);
		return stage.call({ path, key, body: { ...body, request: { ...body.request, ...request } } });
	};

	/** Saves a set in which the accounts follow one another; returns its number. */
	const saveSet = (
		{ merchantId }: Merchant,
		accounts: number[],
		mode: 'test' | 'live' = 'test'
	) => {
		const rule = {
			name: 'In turn',
			when: { methods: ['card'] },
			choices: accounts.map((account) => [{ account, weight: 1 }]),
			onFailure: { next: true, limit: 3 }
		};
		const rules = accounts.length > 0 ? [rule] : [];
		const set = { merchantId, mode, name: 'Cards', isDefault: false, rules };
		return stage.context.db.inTransaction((tx) => saveRoutingSet(stage.context, tx, set));
	};

	/** What the first try's event says of why it went where it did. */
	const explanationOf = async (reference: string) => {
		const { id } = await transactionOf(stage.context, reference);
		const { snapshot } = await stage.context.db.read
			.selectFrom('events')
			.select('snapshot')
			.where('transaction_id', '=', id)
			.where('kind', '=', 'try_sent')
			.orderBy('version')
			.executeTakeFirstOrThrow();
		return (JSON.parse(snapshot) as { explanation: unknown }).explanation;
	};

	test('is the one that the set of rules names; after a soft decline, the next', async () => {
		const shop = await addMerchant(stage.context, 'Two Banks Ltd');
		const moody = await addAccount(stage.context, shop, { credentials: { temper: 'moody' } });
		const set = await saveSet(shop, [moody, shop.accountId]);
		const tracking_id = crypto.randomUUID();
		const { json } = await post(shop, { tracking_id, routing_id: set });
		expect(json).toMatchObject({ url: '', transaction_status: 'successful' });
		expect(await attemptsOf(stage.context, tracking_id)).toMatchObject([
			{ provider_account_id: moody, state: 'declined' },
			{ provider_account_id: shop.accountId, state: 'succeeded' }
		]);
		expect(await chargesOf(stage.context, tracking_id)).toEqual([0, 1]);
		expect(await explanationOf(tracking_id)).toMatchObject({
			set: { id: set, name: 'Cards' },
			rule: 'In turn',
			accounts: [
				{ id: moody, verdict: 'first' },
				{ id: shop.accountId, verdict: 'next' }
			]
		});
	});

	test('is the next one where nobody answers at the first', async () => {
		const shop = await addMerchant(stage.context, 'Down Ltd');
		// Nothing listens on port 9 of this machine, so that no connection is ever made.
		const credentials = { base_url: 'http://127.0.0.1:9' };
		const down = await addAccount(stage.context, shop, { credentials });
		const set = await saveSet(shop, [down, shop.accountId]);
		const tracking_id = crypto.randomUUID();
		const { json } = await post(shop, { tracking_id, routing_id: set });
		expect(json.transaction_status).toBe('successful');
		expect(await attemptsOf(stage.context, tracking_id)).toMatchObject([
			{ provider_account_id: down, reason: 'provider_unavailable' },
			{ provider_account_id: shop.accountId, state: 'succeeded' }
		]);
	});

	test('stays the first where that may have taken the money', async () => {
		const shop = await addMerchant(stage.context, 'Silent Ltd');
		const silent = await addAccount(stage.context, shop, {
			credentials: { temper: 'silent', timeout_ms: '300' }
		});
		const set = await saveSet(shop, [silent, shop.accountId]);
		const tracking_id = crypto.randomUUID();
		const { json } = await post(shop, { tracking_id, routing_id: set });
		expect(json).toMatchObject({ url: '', transaction_status: 'pending' });
		expect((await post(shop, { tracking_id, routing_id: set })).json).toEqual(json);
		expect(await attemptsOf(stage.context, tracking_id)).toMatchObject([
			{ provider_account_id: silent, state: 'sent' }
		]);
		expect(await chargesOf(stage.context, tracking_id)).toEqual([]);
	});

	test('stays the first where that did take the money and answered what nobody can read', async () => {
		const shop = await addMerchant(stage.context, 'Garbled Ltd');
		const second = await addAccount(stage.context, shop, {});
		const set = await saveSet(shop, [shop.accountId, second]);
		const tracking_id = crypto.randomUUID();
		const card = { card_number: '4000000000005035' };
		const { json } = await post(shop, { tracking_id, routing_id: set }, card);
		expect(json).toMatchObject({ url: '', transaction_status: 'pending' });
		await vi.waitFor(
			async () => expect((await transactionOf(stage.context, tracking_id)).state).toBe('succeeded'),
			{ timeout: 20_000, interval: 50 }
		);
		expect(await attemptsOf(stage.context, tracking_id)).toMatchObject([
			{ provider_account_id: shop.accountId, state: 'succeeded' }
		]);
		expect(await chargesOf(stage.context, tracking_id)).toEqual([1]);
	});

	test('is refused where all decline, and nothing is charged', async () => {
		const shop = await addMerchant(stage.context, 'Two Moods Ltd');
		const credentials = { temper: 'moody' };
		const moody = await addAccount(stage.context, shop, { credentials });
		const other = await addAccount(stage.context, shop, { credentials });
		const tracking_id = crypto.randomUUID();
		const routing_id = await saveSet(shop, [moody, other]);
		const { json } = await post(shop, { tracking_id, routing_id });
		expect(json).toMatchObject({ transaction_status: 'rejected', error: expect.any(String) });
		expect(await attemptsOf(stage.context, tracking_id)).toHaveLength(2);
		expect(await chargesOf(stage.context, tracking_id)).toEqual([0, 0]);
	});

	test('is named by a routing_id that is the merchant’s and of the mode, or refused', async () => {
		const shop = await addMerchant(stage.context, 'Own Rules Ltd');
		const foreign = await saveSet(stage.merchant, [stage.merchant.accountId]);
		const live = await saveSet(shop, [], 'live');
		for (const routing_id of [foreign, live, 999, 0, -1, 1.5, '210', null, 99_999_999_999]) {
			const { status, json, text } = await post(shop, { routing_id });
			expect(status, text).toBe(422);
			expect(json.errors?.map(({ field }) => field)).toEqual(['request.routing_id']);
		}
	});

	test.each([
		[{ limits: [limit({ highest: 1000 })] }, /the amount is too high/],
		[{ limits: [limit({ lowest: 2000 })] }, /the amount is too low/],
		[{ currencies: ['USD'], converts: false }, /the currency is not taken/],
		[{ currencies: ['MNT'] }, /no exchange rate is known/],
		[{ countries: ['DE'] }, /the country of the payer is not served/],
		[{ methods: ['wallet'] }, /the method is turned off/]
	])('is none where %j: rejected, with the reason', async (settings, reason) => {
		const shop = await addMerchant(stage.context, 'Strict Ltd');
		const only = await addAccount(stage.context, shop, { settings });
		const routing_id = await saveSet(shop, [only]);
		await closeAccount(shop.accountId);
		const tracking_id = crypto.randomUUID();
		const { status, json } = await post(shop, { tracking_id, routing_id });
		expect(status).toBe(200);
		expect(json).toEqual({
			url: '',
			transaction_status: 'rejected',
			transaction_id: expect.any(String),
			error: expect.stringMatching(reason)
		});
		expect(await transactionOf(stage.context, tracking_id)).toMatchObject({
			state: 'declined',
			reason: 'provider_unavailable'
		});
		expect(await attemptsOf(stage.context, tracking_id)).toEqual([]);
	});

	test('is not asked where the merchant’s limits or KYC rules forbid it', async () => {
		const shop = await addMerchant(stage.context, 'Limits Ltd');
		const { merchantId } = shop;
		await stage.context.db.inTransaction((tx) =>
			saveMerchantSettings(stage.context, tx, merchantId, 'test', {
				kyc: { deposit: ['passed'], withdrawal: ['passed'] },
				autoApprove: {},
				closedLoop: false,
				refuseBeyondBalance: false,
				limits: [
					{
						intent: 'deposit',
						method: null,
						currency: 'EUR',
						period: 'day',
						amount: 1500,
						uses: null
					}
				]
			})
		);
		expect((await post(shop)).json.transaction_status).toBe('successful');
		const over = await post(shop);
		expect(over.json).toMatchObject({ transaction_status: 'rejected', url: '' });
		expect(JSON.stringify(over.json)).toMatch(/limits of this payer/);
		const { customer } = seedS2s().request;
		const unknown = await post(shop, { customer: { ...customer, kyc_status: 'none' } });
		expect(JSON.stringify(unknown.json)).toMatch(/rejected.*KYC/);
	});

	const closeAccount = (id: number) =>
		stage.context.db.inTransaction((tx) =>
			tx.updateTable('provider_accounts').set({ enabled: 0 }).where('id', '=', id).execute()
		);
});

function limit(bounds: { lowest?: number; highest?: number }) {
	const every = { method: null, intent: null, currency: 'EUR', lowest: null, highest: null };
	return { ...every, ...bounds };
}
