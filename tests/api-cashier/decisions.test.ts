import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { attemptsOf, chargesOf, transactionOf } from './facts';
import { seedRequest } from './orders';
import { ibans, legTo, openPayout, requestPayout } from './request-payout';
import { addMerchant, describeApi, type Reply } from './stage';

const patience = { timeout: 20_000, interval: 50 };
const approvedMessage = 'Transaction Withdrawal has been approved successfully';

describeApi('a decision on a payout', (stage) => {
	const decide = (
		verb: 'approve' | 'reject',
		transaction_id: unknown,
		rest: { headers?: Record<string, string>; key?: string } = {}
	): Promise<Reply> =>
		stage.call({ path: `/api/v1/withdrawal/${verb}`, body: { transaction_id }, ...rest });

	const stateOf = async (reference: string) =>
		(await transactionOf(stage.context, reference)).state;

	const settled = (reference: string, state: string) =>
		vi.waitFor(async () => expect(await stateOf(reference)).toBe(state), patience);

	test('that approves answers as the contract says, and the payout is made', async () => {
		const { reference, id } = await requestPayout(stage);
		const { status, text } = await decide('approve', id);
		expect(status).toBe(200);
		expect(text).toBe(`{"message":"${approvedMessage}","transaction_status":"pending"}`);
		await settled(reference, 'succeeded');
		expect(await chargesOf(stage.context, reference)).toEqual([1]);
		const path = `/api/v1/transaction/status?id=${reference}`;
		expect((await stage.call({ path })).text).toBe('{"transaction_status":"successful"}');
	});

	test('that rejects answers with an empty object, and nothing is paid', async () => {
		const { reference, id } = await requestPayout(stage);
		const { status, text } = await decide('reject', id);
		expect([status, text]).toEqual([200, '{}']);
		expect(await stateOf(reference)).toBe('rejected');
		const path = `/api/v1/transaction/status?id=${reference}`;
		expect((await stage.call({ path })).json).toEqual({
			transaction_status: 'rejected',
			rejected_reason: 'Rejected by the merchant'
		});
		expect(await attemptsOf(stage.context, reference)).toEqual([]);
	});

	test('is taken under the merchant’s tracking id too, and means a withdrawal by it', async () => {
		const { reference } = await requestPayout(stage);
		const deposit = { ...seedRequest(), tracking_id: reference };
		expect((await stage.call({ body: { request: deposit } })).status).toBe(200);
		expect((await decide('reject', reference)).status).toBe(200);
		const rows = await stage.context.db.read
			.selectFrom('transactions')
			.select(['intent', 'state'])
			.where('reference', '=', reference)
			.orderBy('intent')
			.execute();
		expect(rows).toEqual([
			{ intent: 'deposit', state: 'created' },
			{ intent: 'withdrawal', state: 'rejected' }
		]);
	});

	test('is safe to repeat, also once the payout is made', async () => {
		const approved = await requestPayout(stage);
		await decide('approve', approved.id);
		expect((await decide('approve', approved.id)).status).toBe(200);
		await settled(approved.reference, 'succeeded');
		const late = await decide('approve', approved.id);
		expect(late.json).toEqual({ message: approvedMessage, transaction_status: 'successful' });
		expect(await chargesOf(stage.context, approved.reference)).toEqual([1]);

		const rejected = await requestPayout(stage);
		await decide('reject', rejected.id);
		expect(await decide('reject', rejected.id)).toMatchObject({ status: 200, text: '{}' });
	});

	test('stands: the other one is refused', async () => {
		const approved = await requestPayout(stage);
		await decide('approve', approved.id);
		const rejected = await requestPayout(stage);
		await decide('reject', rejected.id);
		for (const reply of [
			await decide('reject', approved.id),
			await decide('approve', rejected.id)
		]) {
			expect(reply.status).toBe(409);
			expect(reply.json).toMatchObject({
				code: 'already_decided',
				error: expect.any(String),
				request_id: expect.any(String)
			});
		}
	});

	test('comes too early before the payer has asked', async () => {
		const { id, reference } = await openPayout(stage);
		for (const verb of ['approve', 'reject'] as const) {
			const { status, json } = await decide(verb, id);
			expect([status, json.code]).toEqual([409, 'not_requested']);
		}
		expect(await stateOf(reference)).toBe('created');
	});

	test('finds neither deposits, nor other applications’ payouts, nor strange ids', async () => {
		const other = await addMerchant(stage.context, 'Other Ltd');
		const theirs = await requestPayout(stage, { key: other.testKey });
		const request = seedRequest();
		await stage.call({ body: { request } });
		const deposit = (await transactionOf(stage.context, request.tracking_id)).id;
		for (const id of [
			theirs.id,
			theirs.reference,
			deposit,
			request.tracking_id,
			'%',
			randomUUID()
		]) {
			for (const verb of ['approve', 'reject'] as const) {
				const { status, json } = await decide(verb, id);
				expect([status, json.code], id).toEqual([404, 'not_found']);
			}
		}
		expect(await stateOf(theirs.reference)).toBe('requested');
		expect((await decide('approve', theirs.id, { key: other.testKey })).status).toBe(200);
	});

	test('names a faulty transaction_id', async () => {
		for (const id of [undefined, null, '', 5, true, {}, [], 'x'.repeat(129)]) {
			for (const verb of ['approve', 'reject'] as const) {
				const { status, json, text } = await decide(verb, id);
				expect(status, text).toBe(422);
				expect(json.errors?.map(({ field }) => field)).toEqual(['transaction_id']);
			}
		}
		for (const body of ['[]', '5', 'null', '"x"']) {
			const { status, json } = await stage.call({ path: '/api/v1/withdrawal/approve', body });
			expect([status, json.errors?.[0]?.field]).toEqual([422, 'transaction_id']);
		}
	});

	test('under an idempotency key gets the stored answer', async () => {
		const { id } = await requestPayout(stage);
		const headers = { 'idempotency-key': randomUUID() };
		const first = await decide('approve', id, { headers });
		const again = await decide('approve', id, { headers });
		expect(again.text).toBe(first.text);
		expect(again.headers.get('idempotent-replayed')).toBe('true');
		const other = await decide('approve', randomUUID(), { headers });
		expect([other.status, other.json.code]).toEqual([422, 'idempotency_mismatch']);
	});

	test('is told of by a payout that fails, with the reason', async () => {
		const { reference, id } = await requestPayout(stage, { legs: [legTo(ibans.closed, 1005)] });
		expect((await decide('approve', id)).json.transaction_status).toBe('pending');
		await settled(reference, 'failed');
		const path = `/api/v1/transaction/status?id=${id}`;
		expect((await stage.call({ path })).json).toEqual({
			transaction_status: 'rejected',
			rejected_reason: expect.stringMatching(/\w+/)
		});
		expect((await decide('approve', id)).json.transaction_status).toBe('rejected');
		expect(await chargesOf(stage.context, reference)).toEqual([0]);
	});

	test('made both ways at once, a hundred times, is one: paid once at most', async () => {
		const payouts = await Promise.all(Array.from({ length: 100 }, () => requestPayout(stage)));
		const decided = await Promise.all(
			payouts.map(async ({ id }, index) => {
				const verbs =
					index % 2 ? (['approve', 'reject'] as const) : (['reject', 'approve'] as const);
				const [one, two] = await Promise.all(verbs.map((verb) => decide(verb, id)));
				const statuses = { [verbs[0]]: one?.status, [verbs[1]]: two?.status };
				expect(Object.values(statuses).sort()).toEqual([200, 409]);
				return statuses.approve === 200;
			})
		);
		for (const [index, { reference }] of payouts.entries()) {
			await settled(reference, decided[index] ? 'succeeded' : 'rejected');
			expect(await chargesOf(stage.context, reference)).toEqual(decided[index] ? [1] : []);
			const { id } = await transactionOf(stage.context, reference);
			const events = await stage.context.db.read
				.selectFrom('events')
				.select('kind')
				.where('transaction_id', '=', id)
				.where('kind', 'in', ['approved', 'rejected'])
				.execute();
			expect(events).toHaveLength(1);
		}
	}, 120_000);
});
