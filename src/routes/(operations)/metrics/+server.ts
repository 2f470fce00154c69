import type { RequestHandler } from './$types';
import { readMetrics } from '$lib/server/http/metrics';
import { sameSecret } from '$lib/server/secrets/same-secret';

const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'via'];
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Prometheus' text, on loopback or with the configured token only. */
export const GET: RequestHandler = async ({ locals, request, getClientAddress }) => {
	const { metricsToken, addressHeader } = locals.context.config;
	const token = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
	// Behind a proxy every caller's socket is the proxy's, so only the token counts there.
	const proxied = addressHeader || PROXY_HEADERS.some((name) => request.headers.has(name));
	const near = !proxied && LOOPBACK.has(getClientAddress());
	if (!near && !(metricsToken && sameSecret(token, metricsToken))) {
		return new Response('not found\n', { status: 404 });
	}
	const { body, contentType } = await readMetrics();
	return new Response(body, { headers: { 'content-type': contentType } });
};
