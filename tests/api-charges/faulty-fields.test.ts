import { expect, test } from 'vitest';
import { expectRefusal } from './expect-refusal';
import { addChargesMerchant, describeCharges, someCharge } from './stage';

const tooMany = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`k${index}`, 'v']));

/** Which field is named for which order. */
const cases: [param: string, change: object][] = [
	['amount', { amount: undefined }],
	['currency', { currency: undefined }],
	['currency', { currency: 'yer' }],
	['currency', { currency: 'XXX' }],
	['currency', { currency: 840 }],
	['description', { description: '' }],
	['description', { description: 'x'.repeat(256) }],
	['description', { description: 7 }],
	['redirect_url', { redirect_url: undefined }],
	['redirect_url', { redirect_url: 'http://shop.example/' }],
	['redirect_url', { redirect_url: 'javascript:alert(1)' }],
	['redirect_url', { redirect_url: '/thanks' }],
	['redirect_url', { redirect_url: `https://shop.example/${'x'.repeat(2048)}` }],
	['post_url', { post_url: undefined }],
	['post_url', { post_url: null }],
	['post_url', { post_url: 'http://shop.example/hook' }],
	['post_url', { post_url: 'https://10.0.0.1/hook' }],
	['post_url', { post_url: 'https://169.254.169.254/latest' }],
	['post_url', { post_url: 'https://user:word@shop.example/hook' }],
	['reference', { reference: '' }],
	['reference', { reference: 'x'.repeat(129) }],
	['reference', { reference: 1001 }],
	['customer', { customer: 'Amal' }],
	['customer', { customer: [] }],
	['customer', { customer: 1 }],
	['customer.name', { customer: { name: '' } }],
	['customer.name', { customer: { name: 'x'.repeat(256) } }],
	['customer.email', { customer: { email: 'amal' } }],
	['customer.email', { customer: { email: `${'x'.repeat(250)}@example.com` } }],
	['customer.phone', { customer: { phone: 967771234567 } }],
	['customer.phone', { customer: { phone: '9'.repeat(41) } }],
	['customer.first_name', { customer: { first_name: 'Amal' } }],
	['metadata', { metadata: 'basket' }],
	['metadata', { metadata: [] }],
	['metadata', { metadata: 7 }],
	['metadata', { metadata: tooMany }],
	['metadata.basket', { metadata: { basket: 77 } }],
	['metadata.basket', { metadata: { basket: null } }],
	['metadata.basket', { metadata: { basket: { id: '77' } } }],
	['metadata.basket', { metadata: { basket: 'x'.repeat(501) } }],
	[`metadata.${'x'.repeat(41)}`, { metadata: { ['x'.repeat(41)]: 'v' } }],
	[`metadata.${'x'.repeat(100)}`, { metadata: { ['x'.repeat(1000)]: 'v' } }],
	['metadata.', { metadata: { '': 'v' } }],
	['metadata.__proto__', { metadata: JSON.parse('{"__proto__": "v"}') as object }],
	['locale', { locale: 'not a tag' }],
	['locale', { locale: '' }],
	['colour', { colour: 'red' }],
	['callback_url', { callback_url: 'https://shop.example/hook' }]
];

describeCharges('an order', (stage) => {
	test.each(cases)('with a faulty %s is refused by its name: %j', async (param, change) => {
		const before = await stage.countRows();
		expectRefusal(
			await stage.call({ body: { ...someCharge(), ...change } }),
			422,
			'invalid',
			param
		);
		expect(await stage.countRows()).toBe(before);
	});

	test('may use every field to its full length', async () => {
		const metadata = Object.fromEntries(
			Array.from({ length: 20 }, (_, index) => [String(index).padStart(40, 'k'), 'v'.repeat(500)])
		);
		const order = {
			...someCharge(),
			description: 'x'.repeat(255),
			reference: 'x'.repeat(128),
			customer: { name: 'x'.repeat(255), email: 'a@example.com', phone: '9'.repeat(40) },
			metadata
		};
		expect(await stage.create(order)).toMatchObject({ metadata, customer: order.customer });
	});

	test('with several faults is answered with the first', async () => {
		const body = { ...someCharge(), amount: 0, currency: 'x', post_url: 1 };
		expectRefusal(await stage.call({ body }), 422, 'invalid', 'amount');
	});

	test('that is no object is refused', async () => {
		for (const body of ['[]', '1', 'null', '"text"']) {
			expectRefusal(await stage.call({ body }), 422, 'invalid', 'body');
		}
	});

	test('that is not readable, too large or of another type is refused', async () => {
		expectRefusal(await stage.call({ body: '{' }), 400, 'unreadable');
		expectRefusal(await stage.call({ body: '', method: 'POST' }), 400, 'unreadable');
		const twice = '{"amount":1,"amount":2}';
		expect((await stage.call({ body: twice })).json.error?.param).toBe('amount');
		const large = JSON.stringify({ ...someCharge(), description: 'x'.repeat(300_000) });
		expectRefusal(await stage.call({ body: large }), 413, 'too_large');
		const headers = { 'content-type': 'text/plain' };
		expectRefusal(await stage.call({ body: '{}', headers }), 415, 'unsupported_content_type');
	});

	test('returns payers only to origins on the list', async () => {
		const origins = ['https://shop.example'];
		const { token } = await addChargesMerchant(stage.context, 'Listed Ltd', origins);
		const back = (redirect_url: string) =>
			stage.call({ body: { ...someCharge(), redirect_url }, token });
		expect((await back('https://shop.example/thanks')).status).toBe(201);
		for (const address of ['https://shop.example.org/', 'https://shop.example:8443/']) {
			expectRefusal(await back(address), 422, 'invalid', 'redirect_url');
		}
	});
});
