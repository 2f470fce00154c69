import { error } from '@sveltejs/kit';
import { apis } from '$lib/demo-shop/choices';
import { receiveWebhook } from '$lib/server/demo/receive-webhook';
import { BusinessError } from '$lib/server/errors';
import { readBody } from '$lib/server/http/read-body';
import { requireDemo } from '../../../require-demo';
import type { RequestHandler } from './$types';

const MAX_BYTES = 16_384;

/** Where the shop hears from Cashdesk in each API's way. What it cannot verify it refuses. */
export const POST: RequestHandler = async ({ locals: { context }, params, request }) => {
	requireDemo(context);
	const api = apis.find((one) => one === (params.api ?? 'cashier')) ?? error(404);
	try {
		const body = await readBody(request, MAX_BYTES);
		const fault = await receiveWebhook(context, request.headers, body, api);
		return new Response(fault ?? null, { status: fault === undefined ? 204 : 401 });
	} catch (error) {
		if (!(error instanceof BusinessError)) throw error;
		return new Response(error.message, { status: error.code === 'too_large' ? 413 : 400 });
	}
};
