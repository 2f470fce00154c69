import { expect, test } from 'vitest';
import { addCheckoutMerchant, describeCheckout, orderOf, refusalOf } from './stage';

const long = (length: number) => 'x'.repeat(length);

/** A field of an order, what is written there, and what its refusal must say. */
const faults: [field: string, written: unknown, rule: RegExp][] = [
	['amount', undefined, /whole number/],
	['amount', null, /whole number/],
	['amount', '10000', /whole number/],
	['amount', 0, /more than 0/],
	['amount', -1, /whole number/],
	['amount', 10.5, /whole number/],
	['amount', 1e15, /15 digits/],
	['amount', 1e21, /whole number/],
	['currencyCode', undefined, /text/],
	['currencyCode', 'usd', /ISO 4217/],
	['currencyCode', 'XXX', /ISO 4217/],
	['currencyCode', 840, /text/],
	['reference', undefined, /text/],
	['reference', '', /empty/],
	['reference', long(129), /128/],
	['reference', 123, /text/],
	['referenceLabel', undefined, /text/],
	['referenceLabel', '', /empty/],
	['referenceLabel', long(256), /255/],
	['clientId', undefined, /text/],
	['clientId', long(33), /32/],
	['clientId', long(32), /no application of yours/],
	['redirectUrl', '', /empty/],
	['redirectUrl', 'shop.example', /https address/],
	['redirectUrl', 'http://shop.example/', /https address/],
	['redirectUrl', 'https://user:word@shop.example/', /https address/],
	['redirectUrl', 'javascript:alert(1)', /https address/],
	['redirectUrl', 'https://other.example/', /not on the application/],
	['redirectUrl', `https://shop.example/${long(2048)}`, /2048/],
	['expiresAt', 'tomorrow', /ISO 8601/],
	['expiresAt', '2030-01-31', /ISO 8601/],
	['expiresAt', '2030-01-31T12:00:00', /time zone/],
	['expiresAt', '2030-02-30T12:00:00Z', /ISO 8601/],
	['expiresAt', 1_900_000_000, /text/],
	['expiresAt', long(41), /ISO 8601|40/],
	['settlementCurrencyCode', 'EURO', /ISO 4217/],
	['siteId', 'site-1', /not supported here/],
	['siteId', 1, /not supported here/],
	['blockchainSlug', 'some-chain', /not supported here/],
	['productId', {}, /not supported here/],
	['unknown', 'x', /not known/]
];

const titled = faults.map(
	([field, written, rule]) =>
		[field, String(JSON.stringify(written)).slice(0, 40), written, rule] as const
);

describeCheckout('a faulty order', (stage) => {
	test.each(titled)('%s: %s', async (field, _, written, rule) => {
		const before = await stage.countRows();
		const body = { ...orderOf(stage.merchant), [field]: written };
		const { message, errors = {} } = refusalOf(await stage.call({ body }), 422);
		expect(message).toMatch(/\w/);
		expect(Object.keys(errors)).toEqual([field]);
		expect(errors[field]).toEqual([expect.stringMatching(rule)]);
		expect(await stage.countRows()).toBe(before);
	});

	test('is told of all its fields at once', async () => {
		const body = { amount: 0, currencyCode: 'usd', referenceLabel: '', more: 1 };
		const { errors = {} } = refusalOf(await stage.call({ body }), 422);
		expect(Object.keys(errors).sort()).toEqual(
			['amount', 'clientId', 'currencyCode', 'more', 'reference', 'referenceLabel'].sort()
		);
	});

	test('names an application of another merchant as little as one that is none', async () => {
		const other = await addCheckoutMerchant(stage.context, 'Other');
		const { accessToken, application } = stage.merchant;
		for (const token of [accessToken, application.token]) {
			const { errors } = refusalOf(await stage.call({ body: orderOf(other), token }), 422);
			expect(errors).toEqual({ clientId: ['is no application of yours in this mode'] });
		}
	});

	test.each([
		['no JSON', '{', 400],
		['nothing', '', 400],
		['a list', '[]', 422],
		['a number', '1', 422],
		['null', 'null', 422],
		['a repeated name', '{"amount":1,"amount":2}', 422],
		['NUL', '{"reference":"\\u0000"}', 422]
	])('%s', async (_, body, status) => {
		const before = await stage.countRows();
		const { errors } = refusalOf(await stage.call({ body }), status);
		expect(errors === undefined).toBe(status === 400);
		expect(await stage.countRows()).toBe(before);
	});

	test('of another type, or too large', async () => {
		const body = JSON.stringify(orderOf(stage.merchant));
		const headers = { 'content-type': 'text/plain' };
		refusalOf(await stage.call({ body, headers }), 415);
		refusalOf(await stage.call({ body: body + ' '.repeat(256 * 1024) }), 413);
	});

	test('at an address that is none, or takes another method', async () => {
		const paths = ['/api', '/api/none', '/api/payment', '/api/payment/x/y', '/api/v2/cashier'];
		for (const path of paths) {
			refusalOf(await stage.call({ path }), 404);
			refusalOf(await stage.call({ path, body: {} }), 404);
		}
		for (const method of ['PUT', 'DELETE', 'PATCH', 'GET']) {
			refusalOf(await stage.call({ method }), 405);
		}
		refusalOf(await stage.call({ path: '/api/payments', body: {} }), 405);
	});
});
