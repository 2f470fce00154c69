import type { RequestHandler } from './$types';
import { BusinessError } from '$lib/server/errors';
import { readBody } from '$lib/server/http/read-body';
import { receiveNotification } from '$lib/server/payments/receive-notification';

const MAX_BODY = 256 * 1024;

/** Takes a provider's notification: stored and answered at once, applied after. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const account = /^\d{1,15}$/.test(params.account) ? Number(params.account) : 0;
	try {
		const body = new TextDecoder().decode(await readBody(request, MAX_BODY));
		const message = { headers: request.headers, body };
		const result = await receiveNotification(locals.context, params.provider, account, message);
		return new Response(null, { status: result === 'stored' ? 200 : 401 });
	} catch (error) {
		if (error instanceof BusinessError) return new Response(null, { status: 413 });
		throw error;
	}
};
