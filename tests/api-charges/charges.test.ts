import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { chargeAnswer } from '$lib/server/api-charges/answers';
import { expectRefusal } from './expect-refusal';
import { addChargesMerchant, describeCharges, someCharge } from './stage';

/** The seed's keys in its order, then the contract's. */
const keys =
	'id status amount currency description transaction_url created amount_decimal reference ' +
	'customer metadata redirect_url post_url failure_code failure_message';

describeCharges('a charge', (stage) => {
	test('is created as the contract says, and read as it was created', async () => {
		const order = {
			...someCharge(),
			customer: { name: 'Amal Saleh', email: 'amal@example.com', phone: '+967 771 234 567' },
			metadata: { basket: '77', note: 'gift ❤', 10: 'ten', empty: '' },
			locale: 'ar-YE'
		};
		const before = Math.floor(Date.now() / 1000);
		const { status, json, text, headers } = await stage.call({ body: order });
		expect(status, text).toBe(201);
		const charge = chargeAnswer.parse(json);
		expect(Object.keys(json).join(' ')).toBe(keys);
		expect(charge).toMatchObject({
			status: 'INITIATED',
			amount: 2000,
			currency: 'YER',
			description: order.description,
			amount_decimal: '2000',
			reference: order.reference,
			customer: order.customer,
			metadata: order.metadata,
			redirect_url: order.redirect_url,
			post_url: order.post_url,
			failure_code: null,
			failure_message: null
		});
		expect(charge.created).toBeGreaterThanOrEqual(before);
		expect(charge.created).toBeLessThanOrEqual(Math.ceil(Date.now() / 1000));
		expect(headers.get('location')).toBe(`/v1/charges/${charge.id}`);
		const read = await stage.call({ path: headers.get('location') ?? '' });
		expect(read.status).toBe(200);
		expect(read.text).toBe(text);
		const page = await fetch(charge.transaction_url);
		expect(page.status).toBe(200);
		expect(await page.text()).toContain('lang="ar"');
	});

	test('says null where nothing was said', async () => {
		const { amount, currency, redirect_url, post_url } = someCharge();
		const charge = await stage.create({ amount, currency, redirect_url, post_url });
		const { description, reference, customer, metadata } = charge;
		expect({ description, reference, customer, metadata }).toEqual({
			description: null,
			reference: null,
			customer: null,
			metadata: null
		});
		const nulls = { description: null, reference: null, customer: null, metadata: null };
		const said = { ...someCharge(), ...nulls, locale: null };
		expect(await stage.create(said)).toMatchObject(nulls);
		const named = await stage.create({ ...someCharge(), customer: { name: 'Amal' } });
		expect(named.customer).toEqual({ name: 'Amal', email: null, phone: null });
	});

	test('lasts for an hour', async () => {
		const { reference } = await stage.create();
		const { created_at, expires_at } = await stage.context.db.read
			.selectFrom('sessions')
			.select(['created_at', 'expires_at'])
			.where('reference', '=', reference)
			.executeTakeFirstOrThrow();
		expect(expires_at - created_at).toBe(3_600_000);
	});

	test('is not there for others, nor under a malformed id', async () => {
		const { id } = await stage.create();
		const other = await addChargesMerchant(stage.context, 'Other Ltd');
		const own = { path: `/v1/charges/${id}` };
		expectRefusal(await stage.call({ ...own, token: other.token }), 404, 'not_found');
		const cancel = { ...own, path: `${own.path}/cancel`, method: 'POST', token: other.token };
		expectRefusal(await stage.call(cancel), 404, 'not_found');
		const absent = `chg_${randomUUID().replaceAll('-', '')}`;
		const strange = [absent, id.slice(0, -1), `${id}0`, id.toUpperCase(), id.slice(4), 'chg_%00'];
		for (const name of strange) {
			expectRefusal(await stage.call({ path: `/v1/charges/${name}` }), 404, 'not_found');
			const path = `/v1/charges/${name}/cancel`;
			expectRefusal(await stage.call({ path, method: 'POST' }), 404, 'not_found');
		}
		expect((await stage.call(own)).status).toBe(200);
	});

	test('is not found under a reference that looks like its id', async () => {
		const uuid = randomUUID();
		await stage.create({ ...someCharge(), reference: uuid });
		const path = `/v1/charges/chg_${uuid.replaceAll('-', '')}`;
		expectRefusal(await stage.call({ path }), 404, 'not_found');
	});
});

describeCharges('an address of the Charges API', (stage) => {
	test('that is none is refused in the API’s shape', async () => {
		for (const path of ['/v1', '/v1/refunds', '/v1/charges/x/y', '/v1/auth', '/v1/auth/tokens']) {
			expectRefusal(await stage.call({ path }), 404, 'not_found');
			expectRefusal(await stage.call({ path, body: {} }), 404, 'not_found');
		}
	});

	test('refuses other methods in the API’s shape', async () => {
		const cases: [string, string[]][] = [
			['/v1/charges', ['PUT', 'DELETE', 'PATCH', 'OPTIONS']],
			[`/v1/charges/chg_1`, ['POST', 'PUT', 'DELETE', 'PATCH']],
			[`/v1/charges/chg_1/cancel`, ['GET', 'PUT', 'DELETE']],
			['/v1/auth/token', ['GET', 'PUT', 'DELETE']]
		];
		for (const [path, methods] of cases) {
			for (const method of methods) {
				expectRefusal(await stage.call({ path, method }), 405, 'method_not_allowed');
			}
		}
	});
});
