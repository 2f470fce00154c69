import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { seedRequest } from './orders';
import { addMerchant, describeApi } from './stage';

describeApi('an idempotency key', (stage) => {
	const post = (body: unknown, key: string, apiKey = stage.merchant.testKey) =>
		stage.call({ body, headers: { 'idempotency-key': key }, key: apiKey });

	const sessionsOf = async (reference: string) =>
		(
			await stage.context.db.read
				.selectFrom('sessions')
				.select('id')
				.where('reference', '=', reference)
				.execute()
		).length;

	test('gets the stored answer for the same call', async () => {
		const [key, body] = [randomUUID(), { request: seedRequest() }];
		const first = await post(body, key);
		const again = await post(body, key);
		expect([first.status, again.status]).toEqual([200, 200]);
		expect(again.text).toBe(first.text);
		expect(first.headers.get('idempotent-replayed')).toBeNull();
		expect(again.headers.get('idempotent-replayed')).toBe('true');
		expect(await sessionsOf(body.request.tracking_id)).toBe(1);
	});

	test('gets the stored refusal too', async () => {
		const [key, body] = [randomUUID(), { request: { ...seedRequest(), currency: 'eur' } }];
		const first = await post(body, key);
		const again = await post(body, key);
		expect([first.status, again.status]).toEqual([422, 422]);
		expect(again.text).toBe(first.text);
		expect(again.headers.get('idempotent-replayed')).toBe('true');
	});

	test('is refused with another body', async () => {
		const [key, request] = [randomUUID(), seedRequest()];
		const other = { ...request, tracking_id: randomUUID() };
		await post({ request }, key);
		const { status, json } = await post({ request: other }, key);
		expect(status).toBe(422);
		expect(json).toMatchObject({ code: 'idempotency_mismatch', request_id: expect.any(String) });
		expect(await sessionsOf(other.tracking_id)).toBe(0);
	});

	test('used many times at once runs the call once', async () => {
		const [key, body] = [randomUUID(), { request: seedRequest() }];
		const replies = await Promise.all(Array.from({ length: 30 }, () => post(body, key)));
		const taken = replies.filter(({ status }) => status === 200);
		const waiting = replies.filter(({ status }) => status === 409);
		expect(taken.length + waiting.length).toBe(30);
		expect(new Set(taken.map(({ text }) => text)).size).toBe(1);
		const fresh = taken.filter(({ headers }) => !headers.has('idempotent-replayed'));
		expect(fresh).toHaveLength(1);
		for (const { json, headers } of waiting) {
			expect(json.code).toBe('in_progress');
			expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
		}
		expect(await sessionsOf(body.request.tracking_id)).toBe(1);
	});

	test('belongs to its application', async () => {
		const [key, body] = [randomUUID(), { request: seedRequest() }];
		const other = await addMerchant(stage.context, 'Other Ltd');
		const mine = await post(body, key);
		const theirs = await post(body, key, other.testKey);
		expect(theirs.status).toBe(200);
		expect(theirs.headers.get('idempotent-replayed')).toBeNull();
		expect(theirs.json.token).not.toBe(mine.json.token);
	});

	test('of a call that died before it could store its answer goes on with what that made', async () => {
		const [key, body] = [randomUUID(), { request: seedRequest() }];
		const first = await post(body, key);
		// As a crash between the two writes leaves it, once its lease is over.
		await stage.context.db.inTransaction((tx) =>
			tx
				.updateTable('idempotent_answers')
				.set({ status: null, body_sealed: null, lease_until: 0 })
				.where('key', '=', key)
				.execute()
		);
		const again = await post(body, key);
		expect(again.status, again.text).toBe(200);
		expect(again.json.token).toBe(first.json.token);
		expect(await sessionsOf(body.request.tracking_id)).toBe(1);
	});

	test('lies in the database without the token', async () => {
		const [key, body] = [randomUUID(), { request: seedRequest() }];
		const { json } = await post(body, key);
		const rows = await stage.context.db.read
			.selectFrom('idempotent_answers')
			.selectAll()
			.where('key', '=', key)
			.execute();
		expect(rows).toHaveLength(1);
		expect(JSON.stringify(rows)).not.toContain(json.token);
	});

	test('must be 1 to 255 visible characters', async () => {
		for (const key of ['x'.repeat(256), 'a b', 'é']) {
			const request = seedRequest();
			const { status, json, text } = await post({ request }, key);
			expect(status, text).toBe(422);
			expect(json.errors?.[0]?.field).toBe('Idempotency-Key');
			expect(await sessionsOf(request.tracking_id)).toBe(0);
		}
	});
});
