import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { findLink, submit, visit } from '../faults/payer';
import { attemptsOf, chargesOf, countTransactions, transactionOf } from './facts';
import { seedRequest, seedS2s } from './orders';
import { describeApi } from './stage';

const path = '/api/v1/s2s';
const patience = { timeout: 20_000, interval: 50 };

/** Test cards of the simulator, by what becomes of them. */
const cards = {
	declined: '4000000000000002',
	poor: '4000 0000 0000 9995',
	challenge: '4000-0000-0000-3220',
	garbled: '4000000000005035'
};

describeApi('POST /s2s', (stage) => {
	const post = (body: unknown, headers?: Record<string, string>) =>
		stage.call({ path, body, ...(headers && { headers }) });

	test('charges the card of the contract’s example at once', async () => {
		const body = seedS2s();
		const reference = body.request.tracking_id;
		const { status, text, json } = await post(body);
		expect(status, text).toBe(200);
		const { id } = await transactionOf(stage.context, reference);
		expect(text).toBe(
			`{"url":"","transaction_status":"successful","transaction_id":"${json.transaction_id}"}`
		);
		expect(json.transaction_id).toBe(id);
		expect(await chargesOf(stage.context, reference)).toEqual([1]);
		expect(await transactionOf(stage.context, reference)).toMatchObject({
			state: 'succeeded',
			amount: 1005,
			one_shot: 1
		});
		expect(await attemptsOf(stage.context, reference)).toMatchObject([
			{ method: 'card', card_brand: 'visa', card_first6: '411111', card_last4: '1111' }
		]);
	});

	test.each([
		[cards.declined, /declined/],
		[cards.poor, /9995/]
	])('tells why %s is rejected, which is final', async (card_number, why) => {
		const body = seedS2s({ card_number });
		const { status, json } = await post(body);
		expect(status).toBe(200);
		expect(json).toEqual({
			url: '',
			transaction_status: 'rejected',
			transaction_id: expect.any(String),
			error: expect.stringMatching(why)
		});
		const reference = body.request.tracking_id;
		expect(await transactionOf(stage.context, reference)).toMatchObject({ state: 'declined' });
		const { json: told } = await stage.call({ path: `/api/v1/transaction/status?id=${reference}` });
		expect(told).toEqual({ transaction_status: 'rejected', rejected_reason: json.error });
	});

	test('leaves what the provider did not decide pending, until it does', async () => {
		const body = seedS2s({ card_number: cards.garbled });
		const { json } = await post(body);
		expect(json).toEqual({
			url: '',
			transaction_status: 'pending',
			transaction_id: expect.any(String)
		});
		const reference = body.request.tracking_id;
		const { json: again } = await post(body);
		expect(again.transaction_id).toBe(json.transaction_id);
		await vi.waitFor(async () => {
			const { state } = await transactionOf(stage.context, reference);
			expect(state).toBe('succeeded');
		}, patience);
		expect((await post(body)).json.transaction_status).toBe('successful');
		expect(await chargesOf(stage.context, reference)).toEqual([1]);
	});

	test('leads through a challenge, and from there to the merchant', async () => {
		const body = seedS2s({ card_number: cards.challenge });
		const settings = { success_url: 'https://shop.example/thanks?order=7' };
		const request = { ...body.request, settings };
		const { json } = await post({ ...body, request });
		expect(json).toMatchObject({ transaction_status: 'pending' });
		expect(json.url).toMatch(/^http:\/\/localhost:\d+\/pay\/[\w-]{43}\/action$/);

		const action = await visit(json.url ?? '');
		const bank = findLink(action, /\/simulator\/challenge\//);
		expect(bank, action.html).toBeDefined();
		const challenge = await visit(new URL(bank ?? '', action.url).href);
		const back = await submit(challenge, { action: '', hidden: {} }, { choice: 'approve' });
		const leave = findLink(back, /^https:\/\/shop\.example\//);
		expect(leave, back.html).toBeDefined();
		const address = new URL(leave ?? '');
		expect(address.pathname + address.search).toMatch(/^\/thanks\?order=7&/);
		expect(Object.fromEntries(address.searchParams)).toMatchObject({
			transaction_id: json.transaction_id,
			tracking_id: request.tracking_id,
			status: 'successful'
		});
		const after = await post({ ...body, request });
		expect(after.json).toEqual({
			url: '',
			transaction_status: 'successful',
			transaction_id: json.transaction_id
		});
		expect(await chargesOf(stage.context, request.tracking_id)).toEqual([1]);
	});

	test('answers with the same way to the challenge for as long as it is open', async () => {
		const body = seedS2s({ card_number: cards.challenge });
		const first = await post(body);
		const again = await post(body);
		expect(again.text).toBe(first.text);
		expect(await attemptsOf(stage.context, body.request.tracking_id)).toHaveLength(1);
	});

	test('that comes fifty times at once charges once', async () => {
		const body = seedS2s();
		const replies = await Promise.all(Array.from({ length: 50 }, () => post(body)));
		expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
		expect(new Set(replies.map(({ json }) => json.transaction_id)).size).toBe(1);
		for (const { json } of replies) {
			expect(json.url).toBe('');
			expect(['pending', 'successful']).toContain(json.transaction_status);
		}
		expect(replies.map(({ json }) => json.transaction_status)).toContain('successful');
		expect(await chargesOf(stage.context, body.request.tracking_id)).toEqual([1]);
		expect(await countTransactions(stage.context, body.request.tracking_id)).toBe(1);
	});

	test('that is rejected may come fifty times at once and never fails', async () => {
		const body = seedS2s({ card_number: cards.declined });
		const replies = await Promise.all(Array.from({ length: 50 }, () => post(body)));
		for (const { status, json, text } of replies) {
			expect(status, text).toBe(200);
			expect(['pending', 'rejected']).toContain(json.transaction_status);
		}
		const charges = await chargesOf(stage.context, body.request.tracking_id);
		expect(new Set(charges)).toEqual(new Set([0]));
	});

	test('under one idempotency key fifty times at once charges once', async () => {
		const [body, headers] = [seedS2s(), { 'idempotency-key': randomUUID() }];
		const replies = await Promise.all(Array.from({ length: 50 }, () => post(body, headers)));
		const done = replies.filter(({ status }) => status === 200);
		const busy = replies.filter(({ json }) => json.code === 'in_progress');
		expect(done.length).toBeGreaterThan(0);
		expect(done.length + busy.length).toBe(50);
		expect(new Set(done.map(({ text }) => text)).size).toBe(1);
		expect(await chargesOf(stage.context, body.request.tracking_id)).toEqual([1]);
		const again = await post(body, headers);
		expect(again.text).toBe(done[0]?.text);
		expect(again.headers.get('idempotent-replayed')).toBe('true');
	});

	test('under its tracking id refuses another card, amount or set of rules', async () => {
		const body = seedS2s();
		await post(body);
		const { card_details, request } = body;
		const others = [
			{ request, card_details: { ...card_details, card_number: '5555555555554444' } },
			{ request, card_details: { ...card_details, exp_month: '06' } },
			{ request: { ...request, amount: 10.06 }, card_details }
		];
		for (const other of others) {
			const { status, json } = await post(other);
			expect([status, json.code]).toEqual([409, 'reference_reused']);
		}
		const cashier = await stage.call({
			body: { request: { ...seedRequest(), tracking_id: request.tracking_id } }
		});
		expect(cashier.status).toBe(409);
		expect(await chargesOf(stage.context, request.tracking_id)).toEqual([1]);
	});

	test('may use a tracking id again after it was rejected', async () => {
		const body = seedS2s({ card_number: cards.declined });
		await post(body);
		const good = { ...body, card_details: seedS2s().card_details };
		expect((await post(good)).json.transaction_status).toBe('successful');
		expect(await countTransactions(stage.context, body.request.tracking_id)).toBe(2);
	});

	test('that died with its lease goes on with the same transaction and charges once', async () => {
		const [body, headers] = [seedS2s(), { 'idempotency-key': randomUUID() }];
		const first = await post(body, headers);
		await stage.context.db.inTransaction((tx) =>
			tx
				.updateTable('idempotent_answers')
				.set({ status: null, body_sealed: null, lease_until: 0 })
				.where('key', '=', headers['idempotency-key'])
				.execute()
		);
		const again = await post(body, headers);
		expect(again.status).toBe(200);
		expect(again.text).toBe(first.text);
		expect(again.headers.has('idempotent-replayed')).toBe(false);
		expect(await chargesOf(stage.context, body.request.tracking_id)).toEqual([1]);
	});
});
