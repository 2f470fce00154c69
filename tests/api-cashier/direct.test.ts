import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { findLink, submit, visit } from '../faults/payer';
import { attemptsOf, chargesOf, countTransactions, transactionOf } from './facts';
import { missing, orderWith, seedDirect } from './orders';
import { addAccount, addMerchant, describeApi } from './stage';

const path = '/api/v1/direct';

describeApi('POST /direct', (stage) => {
	const post = (body: unknown, headers?: Record<string, string>) =>
		stage.call({ path, body, ...(headers && { headers }) });
	const order = (fields: object = {}) => {
		const { request } = seedDirect(stage.merchant.accountId);
		return { request: { ...request, ...fields } };
	};

	test('leads to the provider’s own page, and from there to the merchant', async () => {
		const body = order({ settings: { return_url: 'https://shop.example/back' } });
		const reference = body.request.tracking_id;
		const { status, text, json } = await post(body);
		expect(status, text).toBe(200);
		expect(Object.keys(json)).toEqual(['url', 'transaction_id', 'transaction_status']);
		expect(json.transaction_status).toBe('pending');
		expect(json.url).toMatch(/^http:\/\/localhost:\d+\/simulator\/wallet\//);
		expect(json.transaction_id).toBe((await transactionOf(stage.context, reference)).id);

		const wallet = await visit(json.url ?? '');
		expect(wallet.status).toBe(200);
		const back = await submit(wallet, { action: '', hidden: {} }, { choice: 'pay' });
		const leave = new URL(findLink(back, /^https:\/\/shop\.example\//) ?? 'about:blank');
		expect(leave.pathname, back.html).toBe('/back');
		expect(leave.searchParams.get('status')).toBe('successful');
		expect(await chargesOf(stage.context, reference)).toEqual([1]);
		expect((await post(body)).json).toEqual({
			url: '',
			transaction_id: json.transaction_id,
			transaction_status: 'successful'
		});
	});

	test('is over for the payer who cancels at the provider', async () => {
		const body = order();
		const { json } = await post(body);
		const wallet = await visit(json.url ?? '');
		await submit(wallet, { action: '', hidden: {} }, { choice: 'cancel' });
		const reference = body.request.tracking_id;
		expect(await transactionOf(stage.context, reference)).toMatchObject({ state: 'canceled' });
		expect(await chargesOf(stage.context, reference)).toEqual([0]);
	});

	test('repeated, at once or later, leads to one payment', async () => {
		const body = order();
		const replies = await Promise.all(Array.from({ length: 20 }, () => post(body)));
		expect(new Set(replies.map(({ json }) => json.transaction_id)).size).toBe(1);
		const later = await post(body);
		expect(later.json.url).toMatch(/\/simulator\/wallet\//);
		const urls = new Set([later, ...replies].flatMap(({ json }) => json.url || []));
		expect(urls.size).toBe(1);
		expect(await attemptsOf(stage.context, body.request.tracking_id)).toHaveLength(1);
		expect(await countTransactions(stage.context, body.request.tracking_id)).toBe(1);
	});

	test('under an idempotency key gets the stored answer', async () => {
		const [body, headers] = [order(), { 'idempotency-key': randomUUID() }];
		const first = await post(body, headers);
		const again = await post(body, headers);
		expect(again.text).toBe(first.text);
		expect(again.headers.get('idempotent-replayed')).toBe('true');
		const other = order();
		const refused = await post(other, headers);
		expect([refused.status, refused.json.code]).toEqual([422, 'idempotency_mismatch']);
		expect(await countTransactions(stage.context, other.request.tracking_id)).toBe(0);
	});

	test('under its tracking id refuses another account or amount', async () => {
		const body = order();
		await post(body);
		const second = await addAccount(stage.context, stage.merchant, {});
		for (const fields of [{ provider_id: second }, { amount: 10.06 }]) {
			const { status, json } = await post({ request: { ...body.request, ...fields } });
			expect([status, json.code]).toEqual([409, 'reference_reused']);
		}
	});

	test('wants an account of the merchant and the mode', async () => {
		const other = await addMerchant(stage.context, 'Other Ltd');
		const closed = await addAccount(stage.context, stage.merchant, {});
		await stage.context.db.inTransaction((tx) =>
			tx.updateTable('provider_accounts').set({ enabled: 0 }).where('id', '=', closed).execute()
		);
		const wrong = [other.accountId, closed, 210, 0, -1, 1.5, '210', null, 99_999_999_999];
		for (const provider_id of [...wrong, undefined]) {
			const body = order({ provider_id });
			const { status, json, text } = await post(body);
			expect(status, text).toBe(422);
			expect(json.errors?.map(({ field }) => field)).toEqual(['request.provider_id']);
			expect(await countTransactions(stage.context, body.request.tracking_id)).toBe(0);
		}
	});

	test('wants an account that leads to a page of its provider', async () => {
		const settings = { methods: ['card', 'voucher'] };
		const provider_id = await addAccount(stage.context, stage.merchant, { settings });
		const none = await post(order({ provider_id }));
		expect(none.status).toBe(422);
		expect(none.json.errors).toEqual([
			{ field: 'request.provider_id', message: expect.stringMatching(/no method that leads/) }
		]);
		const named = await post(order({ settings: { methods: ['card'] } }));
		expect(named.json.errors).toEqual([
			{ field: 'request.settings.methods', message: expect.stringMatching(/must name a method/) }
		]);
		const fits = await post(order({ settings: { methods: ['card', 'wallet'] } }));
		expect(fits.status, fits.text).toBe(200);
	});

	test('is rejected at once where nobody answers or the account does not take it', async () => {
		const rejected = {
			url: '',
			transaction_id: expect.any(String),
			transaction_status: 'rejected'
		};
		for (const account of [
			{ credentials: { base_url: 'http://127.0.0.1:9' } },
			{ settings: { currencies: ['USD'], converts: false } }
		]) {
			const provider_id = await addAccount(stage.context, stage.merchant, account);
			const body = order({ provider_id });
			const { status, json } = await post(body);
			expect(status).toBe(200);
			expect(json).toEqual(rejected);
			const { state } = await transactionOf(stage.context, body.request.tracking_id);
			expect(state).toBe('declined');
		}
	});

	test.each([
		['amount', missing],
		['amount', 0],
		['currency', 'eur'],
		['tracking_id', missing],
		['customer.max_deposit_limit', 'x'],
		['settings.nonsense', 1]
	])('names a faulty %s', async (name, value) => {
		const { accountId } = stage.merchant;
		const body = orderWith(name, value).replace('"mode"', `"provider_id":${accountId},"mode"`);
		const { status, json, text } = await post(body);
		expect(status, text).toBe(422);
		expect(json.errors?.map(({ field }) => field)).toEqual([`request.${name}`]);
	});

	test('wants a key of the request’s mode', async () => {
		const { status, json } = await post(order({ mode: 'live' }));
		expect([status, json.code]).toEqual([403, 'wrong_mode']);
	});

	test('holds the amount to the payer’s limit of deposits', async () => {
		const { status, json } = await post(order({ customer: { max_deposit_limit: 10 } }));
		expect(status).toBe(422);
		expect(json.errors?.map(({ field }) => field)).toEqual(['request.amount']);
	});
});
