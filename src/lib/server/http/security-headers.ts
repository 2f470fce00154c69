import { createHash } from 'node:crypto';

/** What a document may do; built whole for each kind of page (security.md, *Traps*). */
export interface PagePolicy {
	/** Hashes of the document's inlined styles, as `'sha256-…'`. */
	styles: string[];
	/** Who may frame it; none: nobody. */
	frameAncestors: string[];
	/** Origins that a frame in it, or the answer to its form, may lead to besides our own. */
	leadsTo: string[];
}

/** The policy of pages that run no script but our own enhancement: payer's pages, the simulator. */
export function pagePolicy({ styles, frameAncestors, leadsTo }: PagePolicy): string {
	const self = ["'self'", ...leadsTo].join(' ');
	return [
		"default-src 'none'",
		"script-src 'self'",
		`style-src 'self' ${styles.join(' ')}`.trim(),
		"connect-src 'self'",
		"img-src 'self' data:",
		`frame-src ${self}`,
		`form-action ${self}`,
		`frame-ancestors ${frameAncestors.length > 0 ? frameAncestors.join(' ') : "'none'"}`,
		"base-uri 'none'",
		"object-src 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types 'none'"
	].join('; ');
}

/**
 * The policy of the API reference. Its library makes style elements and attributes as it goes and
 * sets inner HTML, so inline style is let in and trusted types are not asked for; scripts, and
 * whatever a style could ask for, still come from here alone (docs/decisions/0013).
 */
export function referencePolicy(): string {
	return [
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self' 'unsafe-inline'",
		"connect-src 'self'",
		"img-src 'self' data:",
		"form-action 'none'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
		"object-src 'none'"
	].join('; ');
}

const STYLE = /<style[^>]*>([\s\S]*?)<\/style>/g;
/** By length: comparing long styles is quicker than hashing them, be it for a map. */
const hashes = new Map<number, { style: string; hash: string }[]>();
const MAX_HASHES = 100;
/** Of one length. */
const MAX_ALIKE = 20;

/** The hashes of a document's inlined styles; each distinct style is hashed once. */
export function styleHashes(html: string): string[] {
	return Array.from(html.matchAll(STYLE), ([, style = '']) => hashOf(style));
}

function hashOf(style: string): string {
	const known = hashes.get(style.length) ?? [];
	const found = known.find((one) => one.style === style);
	if (found) return found.hash;
	const hash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
	if (hashes.size >= MAX_HASHES) hashes.clear();
	hashes.set(style.length, [...known.slice(1 - MAX_ALIKE), { style, hash }]);
	return hash;
}

/** Headers of every answer, whatever it is. */
export function setCommonHeaders(headers: Headers, requestId: string, live: boolean): void {
	headers.set('x-request-id', requestId);
	headers.set('x-content-type-options', 'nosniff');
	headers.set('referrer-policy', 'same-origin');
	headers.set('cross-origin-opener-policy', 'same-origin-allow-popups');
	headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
	if (live) headers.set('strict-transport-security', 'max-age=31536000');
	if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
}
