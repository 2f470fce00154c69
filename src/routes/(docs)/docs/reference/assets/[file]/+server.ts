import { sendScript } from '$lib/server/payer-page/scripts';
import { readBundle } from '../../bundle';
import type { RequestHandler } from './$types';

/** The library of the reference, under a name that changes with its content. */
export const GET: RequestHandler = async ({ params, request }) => {
	const bundle = await readBundle();
	if (bundle.name !== params.file) return new Response('Not found', { status: 404 });
	return sendScript(bundle, request, { 'cache-control': 'public, max-age=31536000, immutable' });
};
