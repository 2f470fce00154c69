import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { building } from '$app/environment';
import { openContext, newId, type Context } from '$lib/server/context';
import { readConfig } from '$lib/server/config';
import { prepareDemo } from '$lib/server/demo/prepare-demo';
import { isForbiddenCrossSite } from '$lib/server/http/cross-site';
import { measure } from '$lib/server/http/metrics';
import { pagePolicy, setCommonHeaders, styleHashes } from '$lib/server/http/security-headers';
import { describeError } from '$lib/server/log/describe-error';
import { startWorker } from '$lib/server/worker/start-worker';

let context: Context;

export const init: ServerInit = async () => {
	if (building) return;
	context = await openContext(readConfig(process.env));
	await prepareDemo(context);
	const worker = startWorker(context);
	process.once('cashdesk:stop', (wait: (done: Promise<void>) => void) => {
		wait(worker.stop().then(() => context.db.close()));
	});
};

export const handle: Handle = async ({ event, resolve }) => {
	const requestId = newId(context);
	event.locals.context = context;
	event.locals.requestId = requestId;
	const done = measure(event.route.id, event.request.method);
	const { config } = context;
	const response = isForbiddenCrossSite(event.request, event.route.id, config.origin)
		? new Response('A form of another site was refused', { status: 403 })
		: await resolve(event, {
				transformPageChunk: ({ html }) => fillDocument(html, event.locals)
			});
	setCommonHeaders(response.headers, requestId, config.live);
	const answer = await withPolicy(response, event.locals);
	done(answer.status);
	return answer;
};

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status >= 500) {
		const { requestId } = event.locals;
		context.log.error('a request failed', { requestId, error: describeError(error) });
	}
	return { message };
};

function fillDocument(html: string, { locale, direction, theme }: App.Locals): string {
	return html
		.replace('%lang%', locale ?? 'en')
		.replace('%dir%', direction ?? 'ltr')
		.replace('%theme%', theme ?? 'auto');
}

/** Documents without Kit's client get their policy here; Kit writes the others' own. */
async function withPolicy(response: Response, locals: App.Locals): Promise<Response> {
	const { headers } = response;
	if (!headers.get('content-type')?.startsWith('text/html')) return response;
	if (headers.has('content-security-policy')) return response;
	const html = await response.text();
	const { frameOrigins, challengeOrigin } = locals;
	const policy = pagePolicy({
		styles: styleHashes(html),
		frameAncestors: frameOrigins ? ["'self'", ...frameOrigins] : [],
		leadsTo: challengeOrigin ? [challengeOrigin] : []
	});
	headers.set('content-security-policy', policy);
	if (!frameOrigins) headers.set('x-frame-options', 'DENY');
	return new Response(html, { status: response.status, headers });
}
