import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { expectRefusal } from './expect-refusal';
import { addChargesMerchant, describeCharges, someCharge, type Reply } from './stage';

describeCharges('a reference', (stage) => {
	const sessionsOf = async (reference: string) =>
		(
			await stage.context.db.read
				.selectFrom('sessions')
				.select('id')
				.where('reference', '=', reference)
				.execute()
		).length;

	test('that comes again with the same order leads to the same charge', async () => {
		const order = { ...someCharge(), customer: { name: 'Amal' }, metadata: { basket: '77' } };
		const first = await stage.call({ body: order });
		const again = await stage.call({ body: order });
		expect([first.status, again.status]).toEqual([201, 201]);
		expect(again.text).toBe(first.text);
		expect(again.headers.get('location')).toBe(first.headers.get('location'));
		expect(await sessionsOf(order.reference)).toBe(1);
	});

	test('that comes again with another order is refused', async () => {
		const order = { ...someCharge(), metadata: { basket: '77' } };
		await stage.create(order);
		const others = [
			{ amount: 2001 },
			{ currency: 'USD' },
			{ description: 'Another watch' },
			{ redirect_url: 'https://shop.example/' },
			{ post_url: 'http://127.0.0.1:9/other' },
			{ customer: { name: 'Amal' } },
			{ metadata: { basket: '78' } },
			{ locale: 'ar' }
		];
		for (const other of others) {
			const reply = await stage.call({ body: { ...order, ...other } });
			expectRefusal(reply, 409, 'reference_reused');
		}
		expect(await sessionsOf(order.reference)).toBe(1);
	});

	test('that comes fifty times at once makes one charge', async () => {
		const order = someCharge();
		const replies = await Promise.all(
			Array.from({ length: 50 }, () => stage.call({ body: order }))
		);
		expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
		expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
		expect(await sessionsOf(order.reference)).toBe(1);
	});

	test('is free again once its charge has failed', async () => {
		const order = someCharge();
		const first = await stage.create(order);
		await stage.call({ path: `/v1/charges/${first.id}/cancel`, method: 'POST' });
		const second = await stage.create({ ...order, amount: 5 });
		expect(second.id).not.toBe(first.id);
		expect(second.status).toBe('INITIATED');
		const read = await stage.call({ path: `/v1/charges/${first.id}` });
		expect(read.json).toMatchObject({ status: 'FAILED', amount: 2000 });
	});

	test('of a charge that was found again tells how that stands', async () => {
		const order = someCharge();
		const first = await stage.create(order);
		await stage.context.db.inTransaction((tx) =>
			tx
				.updateTable('transactions')
				.set({ state: 'succeeded' })
				.where('reference', '=', order.reference)
				.execute()
		);
		const again = await stage.create(order);
		expect(again).toEqual({ ...first, status: 'CAPTURED' });
	});

	test('means another order in another application', async () => {
		const order = someCharge();
		const { token } = await addChargesMerchant(stage.context, 'Other Ltd');
		const [mine, theirs] = [await stage.create(order), await stage.create(order, token)];
		expect(theirs.id).not.toBe(mine.id);
	});

	test('is not needed: two orders without one are two charges', async () => {
		const order = { ...someCharge(), reference: undefined };
		const [one, other] = [await stage.create(order), await stage.create(order)];
		expect(one.id).not.toBe(other.id);
	});
});

describeCharges('an Idempotency-Key', (stage) => {
	const post = (body: unknown, key: string, token?: string) =>
		stage.call({ body, headers: { 'idempotency-key': key }, ...(token && { token }) });

	const order = () => ({ ...someCharge(), reference: undefined });

	const expectReplayed = (again: Reply, first: Reply) => {
		expect([again.status, again.text]).toEqual([first.status, first.text]);
		expect(first.headers.get('idempotent-replayed')).toBeNull();
		expect(again.headers.get('idempotent-replayed')).toBe('true');
		expect(again.headers.get('location')).toBe(first.headers.get('location'));
	};

	test('gets the stored answer for the same call', async () => {
		const [key, body] = [randomUUID(), order()];
		const first = await post(body, key);
		expect(first.status, first.text).toBe(201);
		expect(first.headers.get('location')).toMatch(/^\/v1\/charges\/chg_/);
		expectReplayed(await post(body, key), first);
	});

	test('gets the stored refusal too', async () => {
		const [key, body] = [randomUUID(), { ...order(), currency: 'x' }];
		const first = await post(body, key);
		expectRefusal(first, 422, 'invalid', 'currency');
		expectReplayed(await post(body, key), first);
	});

	test('is refused with another body', async () => {
		const key = randomUUID();
		await post(order(), key);
		expectRefusal(await post({ ...order(), amount: 1 }, key), 422, 'idempotency_mismatch');
	});

	test('used many times at once makes one charge', async () => {
		const [key, body] = [randomUUID(), order()];
		const before = await stage.countRows();
		const replies = await Promise.all(Array.from({ length: 30 }, () => post(body, key)));
		const made = replies.filter(({ status }) => status === 201);
		const waiting = replies.filter(({ status }) => status === 409);
		expect(made.length + waiting.length).toBe(30);
		expect(new Set(made.map(({ text }) => text)).size).toBe(1);
		for (const reply of waiting) expectRefusal(reply, 409, 'in_progress');
		expect(await stage.countRows()).toBe(before + 3);
	});

	test('of a call that died before it could store its answer goes on with what that made', async () => {
		const [key, body] = [randomUUID(), order()];
		const first = await post(body, key);
		await stage.context.db.inTransaction((tx) =>
			tx
				.updateTable('idempotent_answers')
				.set({ status: null, body_sealed: null, lease_until: 0 })
				.where('key', '=', key)
				.execute()
		);
		const again = await post(body, key);
		expect([again.status, again.text]).toEqual([201, first.text]);
	});

	test('belongs to its application', async () => {
		const [key, body] = [randomUUID(), order()];
		const { token } = await addChargesMerchant(stage.context, 'Other Ltd');
		const [mine, theirs] = [await post(body, key), await post(body, key, token)];
		expect([mine.status, theirs.status]).toEqual([201, 201]);
		expect(theirs.json.id).not.toBe(mine.json.id);
	});

	test('holds for a cancel without a body as well', async () => {
		const { id } = await stage.create();
		const call = {
			path: `/v1/charges/${id}/cancel`,
			method: 'POST',
			headers: { 'idempotency-key': randomUUID() }
		};
		const first = await stage.call(call);
		expect(first.status, first.text).toBe(200);
		expectReplayed(await stage.call(call), first);
	});
});
