import type { RequestEvent } from '@sveltejs/kit';
import { sameSecret } from '$lib/server/secrets/same-secret';

const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'via'];
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Whether a call is an operator's: from this machine itself, or with the configured token. */
export function isOperator({ locals, request, getClientAddress }: RequestEvent): boolean {
	const { metricsToken, addressHeader } = locals.context.config;
	const token = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
	if (metricsToken && sameSecret(token, metricsToken)) return true;
	// Behind a proxy every caller's socket is the proxy's, so only the token counts there.
	const proxied = addressHeader || PROXY_HEADERS.some((name) => request.headers.has(name));
	return !proxied && LOOPBACK.has(getClientAddress());
}
