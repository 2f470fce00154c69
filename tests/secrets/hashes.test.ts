import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deriveKey } from '$lib/server/secrets/derive-key';
import { hmacBase64url, hmacHex } from '$lib/server/secrets/hmac';
import { sameSecret } from '$lib/server/secrets/same-secret';
import { sha256 } from '$lib/server/secrets/sha256';

describe('sha256', () => {
	it('agrees with the example of FIPS 180-2, from text and from bytes', () => {
		const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
		expect(sha256('abc')).toBe(digest);
		expect(sha256(Buffer.from('abc'))).toBe(digest);
	});
});

describe('hmac', () => {
	it('agrees with test case 2 of RFC 4231, whatever form key and content have', () => {
		const mac = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
		const content = 'what do ya want for nothing?';
		const key = Buffer.from('Jefe');
		expect(hmacHex('Jefe', content)).toBe(mac);
		expect(hmacHex(key, content)).toBe(mac);
		expect(hmacHex(key, Buffer.from(content))).toBe(mac);
		expect(hmacBase64url(key, content)).toBe(Buffer.from(mac, 'hex').toString('base64url'));
	});
});

describe('deriveKey', () => {
	const secret = Buffer.from('a secret of the operator that is long enough');

	it('is HKDF-SHA256 without salt', () => {
		const extracted = createHmac('sha256', Buffer.alloc(32)).update(secret).digest();
		const expected = createHmac('sha256', extracted).update('cashdesk tokens\x01').digest();
		expect(deriveKey(secret, 'tokens')).toEqual(expected);
	});

	it('gives each purpose and each secret a key of its own', () => {
		const keys = [
			deriveKey(secret, 'tokens'),
			deriveKey(secret, 'forms'),
			deriveKey(Buffer.from('another secret'), 'tokens')
		];
		expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(3);
		expect(keys.every((key) => key.length === 32)).toBe(true);
	});
});

describe('sameSecret', () => {
	it.each([
		['', '', true],
		['a', 'a', true],
		['žluť', 'žluť', true],
		['a', 'b', false],
		['a', '', false],
		['', 'a', false],
		['abc', 'ab', false],
		['abc', 'abcd', false],
		['A', 'a', false]
	])('%j and %j: %s', (a, b, same) => {
		expect(sameSecret(a, b)).toBe(same);
		expect(sameSecret(Buffer.from(a), b)).toBe(same);
	});
});
