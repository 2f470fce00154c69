import { describe, expect, it } from 'vitest';
import { BusinessError } from '$lib/server/errors';
import { readBody, requireJson } from '$lib/server/http/read-body';

function post(body: BodyInit | null, headers: Record<string, string> = {}): Request {
	// The DOM's types do not know `duplex`, which Node asks for where the body is a stream.
	const init = { method: 'POST', body, headers, duplex: 'half' };
	return new Request('http://cashdesk.test/', init);
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
	const error: unknown = await promise.then(
		() => undefined,
		(thrown) => thrown
	);
	return error instanceof BusinessError ? error.code : undefined;
}

describe('readBody', () => {
	it('joins the chunks of a body up to the limit', async () => {
		const chunks = ['one ', 'two ', 'three'];
		const stream = new ReadableStream({
			pull(controller) {
				const chunk = chunks.shift();
				if (chunk) controller.enqueue(new TextEncoder().encode(chunk));
				else controller.close();
			}
		});
		expect(text(await readBody(post(stream), 13))).toBe('one two three');
		expect(text(await readBody(post('exact'), 5))).toBe('exact');
		expect(await readBody(post(null), 5)).toHaveLength(0);
	});

	it('refuses a declared length over the limit before reading', async () => {
		const request = post('x', { 'content-length': '11' });
		expect(await codeOf(readBody(request, 10))).toBe('too_large');
		expect(request.bodyUsed).toBe(false);
	});

	it('stops an endless body at the limit', async () => {
		let pulled = 0;
		const endless = new ReadableStream({
			pull(controller) {
				pulled++;
				controller.enqueue(new Uint8Array(100));
			}
		});
		expect(await codeOf(readBody(post(endless), 1000))).toBe('too_large');
		expect(pulled).toBeLessThan(20);
	});

	it('tells a body that broke off from one that the server cut', async () => {
		const breaking = (error: Error) =>
			post(new ReadableStream({ pull: (controller) => controller.error(error) }));
		expect(await codeOf(readBody(breaking(new Error('aborted')), 10))).toBe('unreadable');
		const cut = Object.assign(new Error('Payload Too Large'), { status: 413 });
		expect(await codeOf(readBody(breaking(cut), 10))).toBe('too_large');
	});
});

describe('requireJson', () => {
	it.each([
		'application/json',
		'Application/JSON',
		'application/json; charset=utf-8',
		'application/json;charset="UTF-8"',
		'application/json ; charset=utf8'
	])('takes %s', (type) => {
		expect(() => requireJson(post('{}', { 'content-type': type }))).not.toThrow();
	});

	it.each([
		'',
		'text/plain',
		'text/json',
		'application/jsonx',
		'application/problem+json',
		'application/json; charset=utf-16',
		'application/json; charset=utf-8; x=1',
		'application/json, text/plain',
		'application/x-www-form-urlencoded'
	])('refuses "%s"', async (type) => {
		const call = async () => requireJson(post('{}', { 'content-type': type }));
		expect(await codeOf(call())).toBe('unsupported_content_type');
	});
});
