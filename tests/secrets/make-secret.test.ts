import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
	makeApiKey,
	makeSecret,
	makeWebhookSecret,
	readApiKey
} from '$lib/server/secrets/make-secret';

const zeros = (bytes: number) => Buffer.alloc(bytes);
const ones = (bytes: number) => Buffer.alloc(bytes, 0xff);

describe('an API key', () => {
	it('has one shape whatever the bytes are, and says its mode', () => {
		for (const random of [zeros, ones, randomBytes]) {
			expect(makeApiKey('cd_test', random)).toMatch(/^cd_test_[0-9A-Za-z]{33}$/);
			expect(readApiKey(makeApiKey('cd_test', random))).toEqual({ mode: 'test' });
			expect(readApiKey(makeApiKey('cd_live', random))).toEqual({ mode: 'live' });
		}
	});

	it('holds 160 bits of the randomness it is given', () => {
		let asked = 0;
		makeApiKey('cd_live', (bytes) => randomBytes((asked += bytes)));
		expect(asked).toBeGreaterThanOrEqual(20);
		const made = new Set<string>();
		for (let bit = 0; bit < 160; bit++) {
			const bytes = Buffer.alloc(20);
			bytes.writeUInt8(1 << (bit % 8), bit >> 3);
			made.add(makeApiKey('cd_live', () => bytes));
		}
		expect(made.size).toBe(160);
	});

	it('is refused with any one character wrong, lost, added or swapped with the next', () => {
		const key = makeApiKey('cd_test', randomBytes);
		for (let at = 0; at < key.length; at++) {
			const [start, character, rest] = [key.slice(0, at), key.charAt(at), key.slice(at + 1)];
			for (const other of ['0', 'O', 'a', '_', ' ', '']) {
				if (other !== character) expect(readApiKey(start + other + rest)).toBeUndefined();
			}
			expect(readApiKey(`${start}x${character}${rest}`)).toBeUndefined();
			const swapped = start + rest.charAt(0) + character + rest.slice(1);
			if (swapped !== key) expect(readApiKey(swapped)).toBeUndefined();
		}
	});

	it('of one mode does not become one of the other', () => {
		const key = makeApiKey('cd_test', randomBytes);
		expect(readApiKey(key.replace('cd_test', 'cd_live'))).toBeUndefined();
	});

	it.each(['', 'cd_test_', 'cd_demo_', 'Bearer x', 'cd_test_' + '0'.repeat(33)])(
		'is not %j',
		(text) => expect(readApiKey(text)).toBeUndefined()
	);

	it('is not followed by anything, a line break included', () => {
		expect(readApiKey(`${makeApiKey('cd_test', randomBytes)}\n`)).toBeUndefined();
	});
});

it('makes other secrets of the same strength under their own prefix', () => {
	expect(makeSecret('spg_test', randomBytes)).toMatch(/^spg_test_[0-9A-Za-z]{33}$/);
	expect(makeSecret('spg_test', randomBytes)).not.toBe(makeSecret('spg_test', randomBytes));
	expect(readApiKey(makeSecret('spg_test', randomBytes))).toBeUndefined();
});

it('makes webhook secrets as Standard Webhooks wants them', () => {
	const secret = makeWebhookSecret(ones);
	expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
	expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toEqual(ones(32));
});
