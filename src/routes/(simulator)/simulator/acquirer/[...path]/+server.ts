import type { IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { BusinessError } from '$lib/server/errors';
import { readBody } from '$lib/server/http/read-body';
import { handleAcquirerRequest } from '$lib/server/simulator/handle-acquirer-request';
import type { RequestHandler } from './$types';

const MAX_BODY_BYTES = 16_384;
/** Longer than any caller waits. */
const HOLD_MS = 30_000;

/** The make-believe acquirer's API over HTTP. */
export const fallback: RequestHandler = async ({ locals, params, request, platform }) => {
	let body;
	try {
		body = Buffer.from(await readBody(request, MAX_BODY_BYTES)).toString();
	} catch (error) {
		if (!(error instanceof BusinessError)) throw error;
		return new Response(null, { status: error.code === 'too_large' ? 413 : 400 });
	}
	const { method, headers } = request;
	const path = `/${params.path}`;
	const answer = await handleAcquirerRequest(locals.context, { method, path, headers, body });
	if (answer !== 'hang') return new Response(answer.body, answer);
	await hold(platform as NodePlatform | undefined);
	return new Response(null, { status: 504 });
};

interface NodePlatform {
	req?: IncomingMessage;
}

/** Gives no answer until the caller leaves, the server stops, or the time is over. */
async function hold(platform: NodePlatform | undefined): Promise<void> {
	const gone = new AbortController();
	const leave = () => gone.abort();
	// Kit's own signal falls silent once the body is read, so the socket tells.
	const socket = platform?.req?.socket;
	socket?.once('close', leave);
	if (socket?.destroyed) leave();
	await setTimeout(HOLD_MS, undefined, { signal: gone.signal, ref: false }).catch(() => undefined);
	socket?.off('close', leave);
}
