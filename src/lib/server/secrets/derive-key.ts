import { hkdfSync } from 'node:crypto';

const keyBytes = 32;

/**
 * A key of 32 bytes for one purpose (`session tokens`, `encryption at rest`), by HKDF-SHA256
 * (RFC 5869) from the one secret that the operator sets. Keys of different purposes say nothing
 * of each other. Callers keep the result: deriving costs more than using.
 */
export function deriveKey(secret: Buffer, purpose: string): Buffer {
	return Buffer.from(hkdfSync('sha256', secret, '', `cashdesk ${purpose}`, keyBytes));
}
