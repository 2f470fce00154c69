import { createHmac } from 'node:crypto';
import { keyObject } from './key-object';

/** HMAC-SHA256 as 64 lower-case hex digits. A text, as content or as key, stands for its UTF-8. */
export function hmacHex(key: Uint8Array | string, content: Uint8Array | string): string {
	return hmac(key, content).digest('hex');
}

/** HMAC-SHA256 as 43 characters of base64url, fit for a path. */
export function hmacBase64url(key: Uint8Array | string, content: Uint8Array | string): string {
	return hmac(key, content).digest('base64url');
}

function hmac(key: Uint8Array | string, content: Uint8Array | string) {
	return createHmac('sha256', typeof key === 'string' ? key : keyObject(key)).update(content);
}
