import { expect, test } from 'vitest';
import { cancelPayment } from '../../src/lib/server/payments/cancel-payment';
import { readPaymentOfSession } from '../../src/lib/server/payments/read-payment';
import { seedRequest } from './orders';
import { addMerchant, describeApi } from './stage';

describeApi('GET /transaction/status', (stage) => {
	const statusOf = (id: string, key?: string) => {
		const path = `/api/v1/transaction/status?id=${encodeURIComponent(id)}`;
		return stage.call({ path, ...(key && { key }) });
	};

	const open = async (key?: string, reference?: string) => {
		const seed = seedRequest();
		const request = { ...seed, tracking_id: reference ?? seed.tracking_id };
		const { status, text } = await stage.call({ body: { request }, ...(key && { key }) });
		expect(status, text).toBe(200);
		return request.tracking_id;
	};

	const newest = (reference: string) =>
		stage.context.db.read
			.selectFrom('transactions')
			.select(['id', 'session_id'])
			.where('reference', '=', reference)
			.orderBy('id', 'desc')
			.executeTakeFirstOrThrow();

	const cancel = async (reference: string) => {
		const { session_id } = await newest(reference);
		const payment = await readPaymentOfSession(stage.context, session_id);
		expect(await cancelPayment(stage.context, payment)).toBe('canceled');
	};

	test('finds a transaction by our id and by the merchant’s', async () => {
		const reference = await open();
		for (const id of [reference, (await newest(reference)).id]) {
			const { status, text } = await statusOf(id);
			expect(status).toBe(200);
			expect(text).toBe('{"transaction_status":"pending"}');
		}
	});

	test('tells why a transaction was rejected', async () => {
		const reference = await open();
		await cancel(reference);
		const { json } = await statusOf(reference);
		expect(json).toEqual({
			transaction_status: 'rejected',
			rejected_reason: expect.stringMatching(/canceled/i)
		});
	});

	test('means the newest transaction of a tracking id', async () => {
		const reference = await open();
		await cancel(reference);
		await open(undefined, reference);
		expect((await statusOf(reference)).json.transaction_status).toBe('pending');
	});

	test('knows nothing of other applications’ transactions', async () => {
		const other = await addMerchant(stage.context, 'Other Ltd');
		const reference = await open(other.testKey);
		const { id } = await newest(reference);
		for (const hidden of [reference, id]) {
			const { status, json } = await statusOf(hidden);
			expect(status).toBe(404);
			expect(json).toMatchObject({ code: 'not_found', request_id: expect.any(String) });
			expect((await statusOf(hidden, other.testKey)).status).toBe(200);
		}
	});

	test('knows nothing of an id that is not there', async () => {
		const strange = ['x', '__proto__', "' or 1=1 --", '%', 'x'.repeat(128), '\u{1F600}'];
		for (const id of strange) expect((await statusOf(id)).status, id).toBe(404);
	});

	test('needs an id of 1 to 128 characters without NUL', async () => {
		const path = '/api/v1/transaction/status';
		for (const query of ['', '?', '?id=', `?id=${'x'.repeat(129)}`, '?id=a%00b', '?ID=1']) {
			const { status, json, text } = await stage.call({ path: path + query });
			expect(status, query + text).toBe(400);
			expect(json).toMatchObject({ code: 'unreadable', errors: [{ field: 'id' }] });
		}
	});
});
