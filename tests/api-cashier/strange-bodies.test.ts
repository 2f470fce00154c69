import { expect, test } from 'vitest';
import { describeApi, type Reply } from './stage';
import { orderWith, seedRequest } from './orders';

/** A faulty request's answer as the contract wants it. */
function expectRefusal(
	{ status, json, text }: Reply,
	expected: number,
	code: string,
	field?: string
) {
	expect(status, text).toBe(expected);
	expect(json, text).toMatchObject({
		error: expect.stringMatching(/\w/),
		code,
		request_id: expect.stringMatching(/^[0-9a-f-]{36}$/)
	});
	if (field)
		expect(
			json.errors?.map((one) => one.field),
			text
		).toEqual([field]);
}

describeApi('a strange body', (stage) => {
	const refuse = async (
		body: string | Uint8Array,
		status: number,
		code: string,
		field?: string
	) => {
		const before = await stage.countRows();
		expectRefusal(await stage.call({ body }), status, code, field);
		expect(await stage.countRows()).toBe(before);
	};

	test('that is empty or no JSON is unreadable', async () => {
		const whole = JSON.stringify({ request: seedRequest() });
		const broken = ['', ' ', '{', 'nonsense', "{'request':{}}", `${whole}x`, whole.slice(0, -1)];
		for (const body of [...broken, '{"request":NaN}', '{"request":01}', `\uFEFF${whole}`]) {
			await refuse(body, 400, 'unreadable');
		}
	});

	test('that is no UTF-8 is unreadable', async () => {
		const before = Buffer.from('{"request":{"mode":"');
		for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80]]) {
			await refuse(
				Buffer.concat([before, Buffer.from(bytes), Buffer.from('"}}')]),
				400,
				'unreadable'
			);
		}
	});

	test('with half a surrogate pair is unreadable', async () => {
		await refuse(orderWith('customer.city', { raw: '"\\ud800"' }), 400, 'unreadable');
	});

	test.each([
		'user_id',
		'tracking_id',
		'currency',
		'settings.description',
		'customer.first_name',
		'customer.phone.number'
	])('with NUL in %s names it', async (path) => {
		await refuse(orderWith(path, 'a\0b'), 422, 'invalid', `request.${path}`);
	});

	test('with a name twice names it', async () => {
		const whole = JSON.stringify({ request: seedRequest() });
		const twice = whole.replace('"mode":"test"', '"mode":"test","mode":"live"');
		await refuse(twice, 422, 'invalid', 'request.mode');
		const escaped = whole.replace('"mode":"test"', '"mode":"test","m\\u006fde":"test"');
		await refuse(escaped, 422, 'invalid', 'request.mode');
	});

	test('cannot give fields by way of a prototype', async () => {
		const inner = JSON.stringify(seedRequest());
		const whole = await stage.call({ body: `{"request":{"__proto__":${inner}}}` });
		expectRefusal(whole, 422, 'invalid');
		expect(whole.json.errors?.map(({ field }) => field)).toContain('request.mode');
		await refuse(`{"__proto__":{"request":${inner}}}`, 422, 'invalid', 'request');
		const settings = orderWith('settings', { raw: '{"__proto__":{"expires_in":1}}' });
		await refuse(settings, 422, 'invalid', 'request.settings.__proto__');
	});

	test('that is nested too deeply is unreadable', async () => {
		for (const depth of [33, 1000, 40_000]) {
			await refuse('['.repeat(depth) + ']'.repeat(depth), 400, 'unreadable');
			await refuse('{"a":'.repeat(depth) + '1' + '}'.repeat(depth), 400, 'unreadable');
		}
	});

	test('over 256 KiB is too large, declared or not', async () => {
		const pad = (length: number) => JSON.stringify({ request: seedRequest() }).padEnd(length);
		expect((await stage.call({ body: pad(256 * 1024) })).status).toBe(200);
		await refuse(pad(256 * 1024 + 1), 413, 'too_large');
		await refuse(pad(11 * 1024 * 1024), 413, 'too_large');
		const undeclared = await fetch(`${stage.app.origin}/api/v1/cashier`, {
			method: 'POST',
			headers: { 'x-api-key': stage.merchant.testKey, 'content-type': 'application/json' },
			body: new Blob([pad(300 * 1024)]).stream(),
			duplex: 'half'
		} as RequestInit);
		expect(undeclared.status).toBe(413);
	});

	test.each([
		'text/plain',
		'application/x-www-form-urlencoded',
		'multipart/form-data; boundary=x',
		'application/xml',
		'application/json-seq',
		'application/json; charset=utf-16'
	])('of the type %s is not taken', async (type) => {
		const before = await stage.countRows();
		const body = JSON.stringify({ request: seedRequest() });
		const reply = await stage.call({ body, headers: { 'content-type': type } });
		expectRefusal(reply, 415, 'unsupported_content_type');
		expect(await stage.countRows()).toBe(before);
	});

	test('of the type JSON in UTF-8 is taken however that is written', async () => {
		for (const type of ['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"']) {
			const headers = { 'content-type': type };
			const reply = await stage.call({ body: { request: seedRequest() }, headers });
			expect(reply.status, reply.text).toBe(200);
		}
	});
});
