import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import { keyObject } from './key-object';

/**
 * The keys that texts at rest are encrypted with, each of 32 bytes, by an id that is written beside
 * the text. New texts take the current key; the older ones are kept for as long as texts name them.
 */
export interface Keyring {
	current: string;
	keys: ReadonlyMap<string, Buffer>;
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * Encrypts with AES-256-GCM: `<key id>.<base64url of IV, tag and text>`. The IV is random, which is
 * sound for 2^32 texts a key (NIST SP 800-38D, section 8.3); rotate the key long before.
 *
 * @param context where the text belongs (`application:ID:webhook_secret`). It is not stored, but
 * the text opens only under the same context, so nobody can move it to another row or column.
 */
export function encrypt(keyring: Keyring, text: string, context: string): string {
	const id = keyring.current;
	const iv = randomBytes(ivBytes);
	const cipher = createCipheriv(algorithm, keyOf(keyring, id), iv, { authTagLength: tagBytes });
	cipher.setAAD(Buffer.from(context));
	const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return `${id}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/**
 * @throws Error, a defect or an attack and nothing a caller can mend, when the key is not in the
 * ring, the context is another one, or the text was altered
 */
export function decrypt(keyring: Keyring, encrypted: string, context: string): string {
	const dot = encrypted.indexOf('.');
	const key = keyOf(keyring, encrypted.slice(0, Math.max(dot, 0)));
	const encoded = encrypted.slice(dot + 1);
	const bytes = Buffer.from(encoded, 'base64url');
	// Buffer passes over what is no base64url; an altered text must not open, however little.
	if (bytes.length < ivBytes + tagBytes || bytes.toString('base64url') !== encoded) {
		throw new Error('An encrypted text is damaged.');
	}
	const iv = bytes.subarray(0, ivBytes);
	const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes });
	decipher.setAAD(Buffer.from(context));
	decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
	const start = decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8');
	try {
		return start + decipher.final('utf8');
	} catch {
		throw new Error('An encrypted text was altered, or its key or place is another one.');
	}
}

function keyOf(keyring: Keyring, id: string): KeyObject {
	const key = keyring.keys.get(id);
	if (!key) throw new Error('The key of an encrypted text is not in the keyring.');
	return keyObject(key);
}
