import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BusinessError } from '$lib/server/errors';
import { isJsonNumber, readStrictJson, type JsonValue } from '$lib/server/http/read-strict-json';

/** What JSON.parse would have made of it, and on the way a check that numbers kept their text. */
function plain(value: JsonValue): unknown {
	if (isJsonNumber(value)) return Number(value.text);
	if (Array.isArray(value)) return value.map(plain);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

function refusal(body: string | Uint8Array): BusinessError {
	try {
		readStrictJson(body);
	} catch (error) {
		if (error instanceof BusinessError) return error;
		throw error;
	}
	throw new Error(`Not refused: ${String(body)}`);
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe('what it reads', () => {
	it('is what JSON.parse reads, for any JSON, from text and from bytes', () => {
		fc.assert(
			fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 1, '\t'), (json, indent) => {
				const text = JSON.stringify(JSON.parse(json), null, indent);
				// Names such as __proto__ are compared by the text, for an assignment would lose them.
				const expected = JSON.stringify(JSON.parse(text));
				for (const body of [text, bytes(text)]) {
					try {
						expect(JSON.stringify(plain(readStrictJson(body)))).toBe(expected);
					} catch (error) {
						if (!(error instanceof BusinessError)) throw error;
						expect(text).toMatch(/\\u0000|\\ud[89a-f]/);
					}
				}
			}),
			{ numRuns: 2000 }
		);
	});

	it('keeps escapes, white space and every script', () => {
		const text = ' {"a\\u0062\\n" : ["\\"\\\\\\/\\b\\f\\r\\t", "žлут😀", "\\ud83d\\ude00"] }\r\n';
		expect(plain(readStrictJson(bytes(text)))).toEqual(JSON.parse(text));
	});

	it.each(['0', '-0', '10.050', '1e3', '-1.5E-10', '123456789012345678901234567890', '2e+7'])(
		'keeps the text of %s',
		(text) => {
			const [number] = readStrictJson(`[${text}]`) as JsonValue[];
			expect(isJsonNumber(number) && number.text).toBe(text);
		}
	);

	it('takes no object of a caller for a number', () => {
		const value = readStrictJson('{"kind":"json number","text":"1"}');
		expect(isJsonNumber(value)).toBe(false);
	});

	it('makes names of the language harmless', () => {
		const value = readStrictJson('{"__proto__":{"admin":true},"constructor":1,"prototype":2}');
		expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor', 'prototype']);
		expect((value as Record<string, unknown>).admin).toBeUndefined();
		expect(({} as Record<string, unknown>).admin).toBeUndefined();
		expect((readStrictJson('{}') as Record<string, unknown>).toString).toBeUndefined();
		expect((readStrictJson('{}') as Record<string, unknown>).constructor).toBeUndefined();
	});

	it('reads 32 levels and not one more, unless told otherwise', () => {
		const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
		expect(() => readStrictJson(nested(32))).not.toThrow();
		expect(refusal(nested(33)).code).toBe('unreadable');
		expect(refusal('{"a":'.repeat(100_000)).code).toBe('unreadable');
		expect(() => readStrictJson(nested(3), { depth: 2 })).toThrow(BusinessError);
		expect(() => readStrictJson(`[${'[1],'.repeat(100)}2]`, { depth: 2 })).not.toThrow();
	});
});

describe('what it refuses', () => {
	it.each([
		['{"request":{"amount":1,"b":2,"amount":3}}', 'request.amount'],
		['{"a":1,"a":1}', 'a'],
		['{"a":1,"\\u0061":1}', 'a'],
		['{"items":[{"x":",[{"},{"y":[],"y":1}]}', 'items.1.y'],
		['[[1,2],[3,{"p":{},"q":{"__proto__":1,"__proto__":2}}]]', '1.1.q.__proto__'],
		['{"request":{"user_id":"a\\u0000b"}}', 'request.user_id'],
		['{"list":["ok","\\"\\\\",["\\u0000"]]}', 'list.2.0'],
		['{"a":{"b\\u0000":1}}', 'a.b\\u0000'],
		['"\\u0000"', 'body']
	])('%s, and names %s', (text, path) => {
		const error = refusal(bytes(text));
		expect(error.code).toBe('invalid');
		expect(error.details.fields).toEqual([{ field: path, message: error.message }]);
	});

	it.each([
		'',
		' ',
		'{',
		'[',
		'"',
		'"abc',
		'"\\',
		'"\\"',
		'{"a"',
		'{"a":',
		'{"a":1',
		'{"a":1,',
		'{"a":1,}',
		'{,}',
		'{a:1}',
		"{'a':1}",
		'{"a" 1}',
		'{"a":1 "b":2}',
		'[1,]',
		'[,1]',
		'[1 2]',
		'[1}',
		'{"a":1]',
		'1 2',
		'{} x',
		'{}{}',
		'tru',
		'truex',
		'nul',
		'True',
		'NaN',
		'Infinity',
		'undefined',
		'-',
		'+1',
		'01',
		'-01',
		'.5',
		'1.',
		'1.e3',
		'1e',
		'1e+',
		'0x10',
		'1_000',
		'--1',
		'\u0661',
		'// c\n1',
		'/* c */1',
		'"\t"',
		'"\n"',
		'"\0"',
		'"\\x41"',
		'"\\u12"',
		'"\\u12g4"',
		'"\\ud800"',
		'"\\udc00\\ud800"',
		'"\ud800"',
		'"a\udfff"',
		'\ufeff{}',
		'{}\ufeff',
		'\u00a0{}',
		'\u2028{}',
		'{}\0'
	])('%j as unreadable', (text) => {
		expect(refusal(text).code).toBe('unreadable');
	});

	it.each([
		[[0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
		[[0x22, 0xff, 0x22]],
		[[0x22, 0xc0, 0x80, 0x22]],
		[[0x22, 0xed, 0xa0, 0x80, 0x22]],
		[[0x22, 0xe2, 0x82, 0x22]],
		[[0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]]
	])('the bytes %j: a byte order mark, broken UTF-8, UTF-16', (body) => {
		expect(refusal(Uint8Array.from(body)).code).toBe('unreadable');
	});

	it('whatever JSON.parse refuses, with a BusinessError and nothing else', () => {
		const piece = fc.constantFrom(
			...['{', '}', '[', ']', ',', ':', '"', '\\', '\\u00', '"a"', '1', '-', '.', 'e', ' ', 'null']
		);
		const mass = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 3 })));
		fc.assert(
			fc.property(mass, (pieces) => {
				const text = pieces.join('');
				let sound = true;
				try {
					JSON.parse(text);
				} catch {
					sound = false;
				}
				if (!sound) refusal(text);
			}),
			{ numRuns: 5000 }
		);
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 40 }), (body) => {
				try {
					readStrictJson(body);
				} catch (error) {
					expect(error).toBeInstanceOf(BusinessError);
				}
			}),
			{ numRuns: 2000 }
		);
	});

	it('without repeating what was sent', () => {
		for (const text of ['{"cvc":"123" x', '["4111111111111111"', '4111111111111111x']) {
			expect(refusal(text).message).not.toMatch(/123|4111/);
		}
	});
});
