import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { transactionOf } from './facts';
import { missing, orderWith, seedRequest, seedWithdrawal, without } from './orders';
import { describeApi } from './stage';

const path = '/api/v1/withdrawal';

describeApi('POST /withdrawal', (stage) => {
	const post = (body: unknown, headers?: Record<string, string>) =>
		stage.call({ path, body, ...(headers && { headers }) });

	test('takes the example of the contract and answers with a token', async () => {
		const body = seedWithdrawal();
		const { status, text, json } = await post(body);
		expect(status, text).toBe(200);
		expect(Object.keys(json)).toEqual(['token']);
		expect(json.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
		expect(await transactionOf(stage.context, body.request.tracking_id)).toMatchObject({
			intent: 'withdrawal',
			state: 'created',
			amount: 1005,
			currency: 'EUR',
			one_shot: 0
		});
	});

	test('lets the payer choose where no amount is given', async () => {
		const request = without(seedWithdrawal().request, 'amount');
		const { status, text } = await post({ request });
		expect(status, text).toBe(200);
		expect((await transactionOf(stage.context, request.tracking_id)).amount).toBeNull();
	});

	test('holds no withdrawal to a limit of deposits', async () => {
		for (const limit of [5, 'nonsense']) {
			const seed = seedRequest();
			const customer = { ...seed.customer, max_deposit_limit: limit };
			const { status, text } = await post({ request: { ...seed, customer } });
			expect(status, text).toBe(200);
		}
	});

	test.each([
		['mode', 'prod'],
		['user_id', missing],
		['tracking_id', 5],
		['amount', 10.005],
		['amount', missing],
		['currency', 'eur'],
		['customer.dob', '30/02/2000'],
		['settings.nonsense', 1],
		['settings.return_url', 'javascript:alert(1)'],
		['theme', 'red']
	])('names a faulty %s', async (name, value) => {
		const before = await stage.countRows();
		const { status, json, text } = await post(orderWith(name, value));
		expect(status, text).toBe(422);
		expect(json.errors?.map(({ field }) => field)).toEqual([`request.${name}`]);
		expect(await stage.countRows()).toBe(before);
	});

	test('takes methods of payouts only, as a deposit takes only its own', async () => {
		const methodsOf = async (address: string, methods: string[]) => {
			const body = { request: { ...seedRequest(), settings: { methods } } };
			return stage.call({ path: address, body });
		};
		const payouts = ['bank', 'card_payout', 'wallet_payout', 'phone_payout'];
		const deposits = ['card', 'wallet', 'bank_transfer', 'voucher'];
		expect((await methodsOf(path, payouts)).status).toBe(200);
		expect((await methodsOf('/api/v1/cashier', deposits)).status).toBe(200);
		for (const [address, methods] of [
			[path, deposits],
			['/api/v1/cashier', payouts]
		] as const) {
			const { status, json } = await methodsOf(address, [...methods]);
			expect(status).toBe(422);
			expect(json.errors).toEqual(
				methods.map((_, index) => ({
					field: `request.settings.methods.${index}`,
					message: 'is not a method'
				}))
			);
		}
	});

	test('wants a key of the request’s mode', async () => {
		const { status, json } = await stage.call({
			path,
			key: stage.merchant.testKey,
			body: { request: { ...seedWithdrawal().request, mode: 'live' } }
		});
		expect([status, json.code]).toEqual([403, 'wrong_mode']);
	});

	test('has its tracking ids to itself: a deposit may bear the same', async () => {
		const body = seedWithdrawal();
		const deposit = await stage.call({ body });
		const first = await post(body);
		const again = await post(body);
		const other = await post({ request: { ...body.request, amount: 99 } });
		expect([deposit.status, first.status, again.status]).toEqual([200, 200, 200]);
		expect(again.json.token).toBe(first.json.token);
		expect(first.json.token).not.toBe(deposit.json.token);
		expect([other.status, other.json.code]).toEqual([409, 'reference_reused']);
	});

	test('honours an idempotency key, which means another call at another address', async () => {
		const [key, body] = [randomUUID(), seedWithdrawal()];
		const headers = { 'idempotency-key': key };
		const first = await post(body, headers);
		const again = await post(body, headers);
		expect(again.text).toBe(first.text);
		expect(again.headers.get('idempotent-replayed')).toBe('true');
		const deposit = await stage.call({ body, headers });
		expect(deposit.status, deposit.text).toBe(200);
		expect(deposit.headers.has('idempotent-replayed')).toBe(false);
	});
});
