import type { Mode } from '$lib/server/db/schema';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The origin of an address that a merchant gave for the payer's browser, or undefined: https
 * without credentials, or http on loopback in test mode (security.md).
 */
export function readOrigin(address: string, mode: Mode): string | undefined {
	const url = URL.parse(address);
	if (!url || url.username || url.password) return undefined;
	if (url.protocol === 'https:') return url.origin;
	const loopback = url.protocol === 'http:' && LOOPBACK.has(url.hostname);
	return loopback && mode === 'test' ? url.origin : undefined;
}
