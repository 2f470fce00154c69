import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decrypt, encrypt, type Keyring } from '$lib/server/secrets/encrypt';

const oldKey = randomBytes(32);
const ring: Keyring = { current: 'k1', keys: new Map([['k1', oldKey]]) };
const context = 'application:7:webhook_secret';

it('gives back any text, and hides it', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', minLength: 8 }), fc.string(), (text, place) => {
			const encrypted = encrypt(ring, text, place);
			expect(decrypt(ring, encrypted, place)).toBe(text);
			expect(encrypted).toMatch(/^k1\.[\w-]+$/);
			expect(encrypted).not.toContain(text);
		})
	);
	expect(decrypt(ring, encrypt(ring, '', context), context)).toBe('');
});

it('never makes the same text twice', () => {
	const made = new Set(Array.from({ length: 100 }, () => encrypt(ring, 'secret', context)));
	expect(made.size).toBe(100);
});

it('reads texts of an older key after a rotation, and writes with the new one', () => {
	const before = encrypt(ring, 'secret', context);
	const keys = new Map([
		['k1', oldKey],
		['k2', randomBytes(32)]
	]);
	const rotated: Keyring = { current: 'k2', keys };
	expect(decrypt(rotated, before, context)).toBe('secret');
	const after = encrypt(rotated, 'secret', context);
	expect(after).toMatch(/^k2\./);
	expect(decrypt(rotated, after, context)).toBe('secret');
	expect(() => decrypt(ring, after, context)).toThrow('not in the keyring');
});

it('opens under no other context and no other key', () => {
	const encrypted = encrypt(ring, 'secret', context);
	const stranger: Keyring = { current: 'k1', keys: new Map([['k1', randomBytes(32)]]) };
	expect(() => decrypt(ring, encrypted, 'application:8:webhook_secret')).toThrow('altered');
	expect(() => decrypt(stranger, encrypted, context)).toThrow('altered');
});

it('refuses an altered text, whichever character was altered', () => {
	const encrypted = encrypt(ring, 'secret', context);
	for (let at = 0; at < encrypted.length; at++) {
		for (const other of ['A', '0', '.', '\n', '']) {
			const altered = encrypted.slice(0, at) + other + encrypted.slice(at + 1);
			if (altered !== encrypted) expect(() => decrypt(ring, altered, context)).toThrow(Error);
		}
	}
	for (const end of ['=', '\n', ' ', '.', 'A', 'é']) {
		expect(() => decrypt(ring, encrypted + end, context)).toThrow(Error);
	}
});

it.each(['', 'k1', 'k1.', 'k1.AAAA', '.AAAA', 'k9.AAAA', 'plain text'])('refuses %j', (text) => {
	expect(() => decrypt(ring, text, context)).toThrow(/^(The key of an|An) encrypted text/);
});
