const FORM_TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

/** Routes that banks and providers post to from anywhere; they check what they get themselves. */
const OPEN_ROUTES = new Set([
	'/(payer)/pay/[token]/return',
	'/provider-callbacks/[provider]/[account]'
]);

/**
 * Whether a request is a form posted from another site where that is not meant to be. It stands in
 * for Kit's own check, which cannot except single routes (security.md, *Traps*).
 */
export function isForbiddenCrossSite(
	{ method, headers }: Request,
	routeId: string | null,
	origin: string
): boolean {
	if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
	if (routeId !== null && OPEN_ROUTES.has(routeId)) return false;
	// An API's key is in a header that no form can send, and its refusals have a shape of their own.
	if (routeId?.startsWith('/(api-')) return false;
	const type = headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
	if (type !== '' && !FORM_TYPES.includes(type)) return false;
	const site = headers.get('sec-fetch-site');
	if (site !== null) return site !== 'same-origin';
	return headers.get('origin') !== origin;
}
