import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { building } from '$app/environment';
import { openContext, newId, type Context } from '$lib/server/context';
import { readConfig } from '$lib/server/config';
import { refreshDemoRates } from '$lib/server/demo/demo-rates';
import { prepareDemo } from '$lib/server/demo/prepare-demo';
import { isForbiddenCrossSite } from '$lib/server/http/cross-site';
import { measure } from '$lib/server/http/metrics';
import { pagePolicy, setCommonHeaders, styleHashes } from '$lib/server/http/security-headers';
import { describeError } from '$lib/server/log/describe-error';
import { createLog, type Log } from '$lib/server/log/log';
import { startWorker } from '$lib/server/worker/start-worker';

let context: Context;

export const init: ServerInit = async () => {
	if (building) return;
	const config = readConfig(process.env);
	endOnDefects(createLog({ level: config.logLevel }));
	context = await openContext(config);
	await prepareDemo(context);
	const worker = startWorker(context, config.live ? [] : [demoRates(context)]);
	process.once('cashdesk:stop', (wait: (done: Promise<void>) => void) => {
		wait(worker.stop().then(() => context.db.close()));
	});
};

/** A demo may run for longer than rates are good. */
function demoRates(context: Context) {
	return { name: 'refresh the demo’s rates', round: () => refreshDemoRates(context) };
}

/** What nobody caught ends the process, but is not printed raw: it may hold what must not be seen. */
function endOnDefects(log: Log): void {
	for (const name of ['uncaughtException', 'unhandledRejection'] as const) {
		process.on(name, (error) => {
			log.fatal('the process ends by a defect', { error: describeError(error) });
			process.exit(1);
		});
	}
}

export const handle: Handle = async ({ event, resolve }) => {
	const requestId = newId(context);
	event.locals.context = context;
	event.locals.requestId = requestId;
	const done = measure(event.route.id, event.request.method);
	const { config } = context;
	let styles: string[] | undefined;
	const response = isForbiddenCrossSite(event.request, event.route.id, config.origin)
		? new Response('A form of another site was refused', { status: 403 })
		: await resolve(event, {
				transformPageChunk({ html }) {
					const filled = fillDocument(html, event.locals);
					styles = [...(styles ?? []), ...styleHashes(filled)];
					return filled;
				}
			});
	setCommonHeaders(response.headers, requestId, config.live);
	if (lacksPolicy(response.headers)) {
		// Only a page that Kit did not render, such as its last resort of an error page, is read again.
		styles ??= styleHashes(await response.clone().text());
		setPolicy(response.headers, event.locals, styles);
	}
	done(response.status);
	return response;
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
function lacksPolicy(headers: Headers): boolean {
	const isDocument = headers.get('content-type')?.startsWith('text/html');
	return isDocument === true && !headers.has('content-security-policy');
}

function setPolicy(headers: Headers, locals: App.Locals, styles: string[]): void {
	const { frameOrigins, challengeOrigin } = locals;
	const policy = pagePolicy({
		styles,
		frameAncestors: frameOrigins ? ["'self'", ...frameOrigins] : [],
		leadsTo: challengeOrigin ? [challengeOrigin] : []
	});
	headers.set('content-security-policy', policy);
	if (!frameOrigins) headers.set('x-frame-options', 'DENY');
}
