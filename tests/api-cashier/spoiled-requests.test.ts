import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seedRequest } from './orders';
import { describeApi, type Reply } from './stage';

type Tree = Record<string, unknown>;

/** Every place in a request, as a list of names. */
function paths(value: unknown, at: string[] = []): string[][] {
	if (typeof value !== 'object' || value === null) return [at];
	return [at, ...Object.entries(value).flatMap(([name, part]) => paths(part, [...at, name]))];
}

const places = paths({ request: seedRequest() });

const nasty = fc.constantFrom(
	...['', '\0', '\uD800', '__proto__', 'constructor', '1e3', '-0', '١٠', "'; drop table sessions"],
	...['2026-02-30', 'https://169.254.169.254/', 'javascript:alert(1)', 'a'.repeat(5000), '💳'],
	...[2 ** 53, -0, 1e300, 5e-324, null, true, [], {}, [[[[]]]]]
);
const anything = fc.oneof(nasty, fc.jsonValue(), fc.string({ unit: 'binary' }), fc.double());

/** A good request with some of its values replaced, left out or given another name. */
const changed = fc
	.array(fc.tuple(fc.constantFrom(...places), anything, fc.constantFrom('set', 'drop', 'rename')), {
		minLength: 1,
		maxLength: 4
	})
	.map((changes) => {
		let whole: unknown = { request: seedRequest() };
		for (const [path, value, how] of changes) {
			whole = change(whole, path, structuredClone(value), how);
		}
		return Buffer.from(JSON.stringify(whole) ?? '');
	});

function isTree(value: unknown): value is Tree {
	return typeof value === 'object' && value !== null;
}

function change(whole: unknown, path: string[], value: unknown, how: string): unknown {
	const last = path.at(-1);
	if (last === undefined) return value;
	let place = whole;
	for (const name of path.slice(0, -1)) place = isTree(place) ? place[name] : undefined;
	// An earlier change may have put something else there.
	if (!isTree(place)) return whole;
	if (how !== 'set') Reflect.deleteProperty(place, last);
	if (how === 'rename') place[typeof value === 'string' ? value : 'other'] = 1;
	if (how === 'set') place[last] = value;
	return whole;
}

/** A good request whose bytes were cut, doubled or replaced. */
const garbled = fc
	.array(fc.record({ at: fc.nat(700), cut: fc.nat(30), put: fc.uint8Array({ maxLength: 20 }) }), {
		minLength: 1,
		maxLength: 3
	})
	.map((changes) => {
		let bytes = Buffer.from(JSON.stringify({ request: seedRequest() }));
		for (const { at, cut, put } of changes) {
			bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]);
		}
		return bytes;
	});

const type = fc.oneof(
	{ weight: 9, arbitrary: fc.constant('application/json') },
	fc.constantFrom('text/plain', 'application/json; charset=latin1', 'x', ';', 'multipart/form-data')
);
const idempotencyKey = fc.option(fc.stringMatching(/^[\x20-\x7e]{1,40}$/), { freq: 4 });

const refusals = new Set([400, 401, 403, 409, 413, 415, 422]);

/** What the contract promises of every answer, whatever was asked. */
function expectAnswer({ status, json, text, headers }: Reply): void {
	expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
	if (status === 200) {
		expect(json).toEqual({ token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) });
		return;
	}
	expect(refusals.has(status), `${status} ${text.slice(0, 500)}`).toBe(true);
	const { error, code, errors, request_id, ...rest } = json;
	expect(rest, text).toEqual({});
	expect(error, text).toMatch(/\w/);
	expect(code, text).toMatch(/^[a-z_]+$/);
	expect(request_id, text).toMatch(/^[0-9a-f-]{36}$/);
	for (const fault of errors ?? []) {
		expect(Object.keys(fault)).toEqual(['field', 'message']);
		expect(fault.field, text).toMatch(/./s);
		expect(fault.message, text).toMatch(/\w/);
	}
	if (status === 422 && code === 'invalid') expect(errors?.length, text).toBeGreaterThan(0);
}

describeApi('a spoiled request', (stage) => {
	test('is answered as the contract says and never with a fault of ours', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.oneof(changed, garbled),
				type,
				idempotencyKey,
				async (body, contentType, key) => {
					const before = await stage.countRows();
					const reply = await stage.call({
						body,
						headers: { 'content-type': contentType, ...(key && { 'idempotency-key': key }) }
					});
					expectAnswer(reply);
					if (reply.status !== 200) expect(await stage.countRows()).toBe(before);
				}
			),
			{ numRuns: 250 }
		);
		expect(stage.app.logs()).not.toContain('a request failed');
	}, 60_000);

	test('of the lists is answered the same way', async () => {
		const query = fc.array(
			fc.tuple(
				fc.constantFrom('id', 'from', 'to', '__proto__'),
				fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\0', '01-08-2024', '%'))
			),
			{ maxLength: 3 }
		);
		const path = fc.constantFrom('/api/v1/transactions', '/api/v1/transaction/status');
		await fc.assert(
			fc.asyncProperty(path, query, async (address, pairs) => {
				const search = pairs
					.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
					.join('&');
				const { status, text, json } = await stage.call({ path: `${address}?${search}` });
				expect([200, 400, 404], text).toContain(status);
				if (status !== 200) expect(json).toMatchObject({ error: expect.any(String) });
			}),
			{ numRuns: 100 }
		);
		expect(stage.app.logs()).not.toContain('a request failed');
	});
});
