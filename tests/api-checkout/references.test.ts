import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { addCheckoutApplication, describeCheckout, orderOf, refusalOf } from './stage';

describeCheckout('a reference', (stage) => {
	const paymentsUnder = async (reference: string) =>
		stage.context.db.read
			.selectFrom('transactions')
			.select('id')
			.where('reference', '=', reference)
			.execute();

	test('of the same order leads to the same payment, 50 times at once', async () => {
		const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
		for (const order of [orderOf(stage.merchant), { ...orderOf(stage.merchant), expiresAt }]) {
			const opened = await Promise.all(Array.from({ length: 50 }, () => stage.open(order)));
			expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
			expect(new Set(opened.map(({ checkoutUrl }) => checkoutUrl)).size).toBe(1);
			expect(await paymentsUnder(order.reference)).toHaveLength(1);
		}
	});

	test('of another order is refused while its payment is open', async () => {
		const order = orderOf(stage.merchant);
		await stage.open(order);
		for (const other of [
			{ amount: 10_001 },
			{ currencyCode: 'EUR' },
			{ referenceLabel: 'Other' }
		]) {
			const { message, errors } = refusalOf(
				await stage.call({ body: { ...order, ...other } }),
				409
			);
			expect(message).toContain('reference');
			expect(errors).toBeUndefined();
		}
		expect(await paymentsUnder(order.reference)).toHaveLength(1);
	});

	test('is free again once its payment has ended without success, and not before', async () => {
		const order = orderOf(stage.merchant);
		const { id: first } = await stage.open(order);
		await stage.context.db.inTransaction((tx) =>
			tx.updateTable('transactions').set({ state: 'succeeded' }).where('id', '=', first).execute()
		);
		refusalOf(await stage.call({ body: { ...order, amount: 1 } }), 409);
		await stage.context.db.inTransaction((tx) =>
			tx.updateTable('transactions').set({ state: 'expired' }).where('id', '=', first).execute()
		);
		const { id: second } = await stage.open({ ...order, amount: 1 });
		expect(second).not.toBe(first);
		expect(await stage.read(second)).toMatchObject({ status: 'PENDING', amount: 1 });
		expect(await stage.read(first)).toMatchObject({ status: 'EXPIRED', amount: 10_000 });
	});

	test('means another thing in another application', async () => {
		const { context, merchant } = stage;
		const application = await addCheckoutApplication(context, merchant.merchantId);
		const order = orderOf(merchant);
		const { id } = await stage.open(order);
		const other = { ...order, clientId: application.clientId, amount: 5 };
		expect((await stage.open(other, application.token)).id).not.toBe(id);
	});
});

describeCheckout('an idempotency key', (stage) => {
	const post = (body: unknown, key: string) =>
		stage.call({ body, headers: { 'idempotency-key': key } });

	test('gets the stored answer for the same call, and refuses another body', async () => {
		const [key, order] = [randomUUID(), orderOf(stage.merchant)];
		const first = await post(order, key);
		const again = await post(order, key);
		expect([first.status, again.status]).toEqual([200, 200]);
		expect(again.text).toBe(first.text);
		expect(first.headers.get('idempotent-replayed')).toBeNull();
		expect(again.headers.get('idempotent-replayed')).toBe('true');
		const { errors } = refusalOf(await post({ ...order, amount: 1 }, key), 422);
		expect(errors).toEqual({ 'Idempotency-Key': [expect.stringContaining('another request')] });
	});

	test('keeps a token’s text for the one who asked for it', async () => {
		const { application, accessToken: token } = stage.merchant;
		const path = `/api/payment-applications/${application.id}/tokens`;
		const headers = { 'idempotency-key': randomUUID() };
		const body = { label: 'once', scopes: ['*'] };
		const [first, again] = [
			await stage.call({ path, token, headers, body }),
			await stage.call({ path, token, headers, body })
		];
		expect([first.status, again.status]).toEqual([201, 201]);
		expect(again.text).toBe(first.text);
		const rows = await stage.context.db.read
			.selectFrom('api_keys')
			.select('id')
			.where('application_id', '=', application.id)
			.where('label', '=', 'once')
			.execute();
		expect(rows).toHaveLength(1);
		const made = (first.json as { data: { token: string } }).data.token;
		const answers = await stage.context.db.read
			.selectFrom('idempotent_answers')
			.selectAll()
			.execute();
		expect(JSON.stringify(answers)).not.toContain(made);
	});

	test('makes one application of many calls at once', async () => {
		const { accessToken: token, merchantId } = stage.merchant;
		const headers = { 'idempotency-key': randomUUID() };
		const name = randomUUID();
		const body = { name, url: 'https://shop.example', secret: 'a secret of mine' };
		const path = '/api/payment-applications';
		const replies = await Promise.all(
			Array.from({ length: 20 }, () => stage.call({ path, token, headers, body }))
		);
		const statuses = new Set(replies.map(({ status }) => status));
		expect([...statuses].filter((status) => status !== 201 && status !== 409)).toEqual([]);
		const rows = await stage.context.db.read
			.selectFrom('applications')
			.select('id')
			.where('merchant_id', '=', merchantId)
			.where('name', '=', name)
			.execute();
		expect(rows).toHaveLength(1);
	});
});
