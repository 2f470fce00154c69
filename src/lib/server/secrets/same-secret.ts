import { hash, timingSafeEqual } from 'node:crypto';

/**
 * Whether two secrets or signatures are equal: the one comparison for all of them. Both are hashed
 * first, so the time it takes tells neither where they differ nor how long the right one is.
 */
export function sameSecret(a: string | Uint8Array, b: string | Uint8Array): boolean {
	return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}
